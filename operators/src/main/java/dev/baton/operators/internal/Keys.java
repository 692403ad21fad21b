package dev.baton.operators.internal;

import dev.baton.engine.operator.TypeFamily;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** What the keys of a {@link KeyTable} mean: values of columns of one family of types. */
public final class Keys {
  private Keys() {}

  /** The family of types whose columns share the meaning of a key. */
  public static TypeFamily family(Field field) {
    return TypeFamily.TEXT.accepts(field.getType())
        ? TypeFamily.TEXT
        : TypeFamily.BOOLEAN.accepts(field.getType())
            ? TypeFamily.BOOLEAN
            : TypeFamily.FLOATING.accepts(field.getType())
                ? TypeFamily.FLOATING
                : TypeFamily.INTEGER;
  }

  /** The ascending order of keys: text by code points, numbers by value. */
  public static IntBinaryOperator ascending(TypeFamily type, KeyTable keys) {
    return switch (type) {
      case TEXT -> keys::compareBytes;
      case FLOATING ->
          (a, b) ->
              Double.compare(
                  Double.longBitsToDouble(keys.value(a)), Double.longBitsToDouble(keys.value(b)));
      default -> (a, b) -> Long.compare(keys.value(a), keys.value(b));
    };
  }

  /** A key as written in column names, messages and saved pipelines. */
  public static String name(TypeFamily type, KeyTable keys, int number) {
    return type == TypeFamily.TEXT ? keys.text(number) : name(type, keys.value(number));
  }

  /** A key that is no text, as written there. */
  public static String name(TypeFamily type, long key) {
    return switch (type) {
      case BOOLEAN -> Boolean.toString(key == 1);
      case FLOATING -> Double.toString(Double.longBitsToDouble(key));
      default -> Long.toString(key);
    };
  }

  /** Adds the key that was written so. */
  public static void add(TypeFamily type, KeyTable keys, String name) {
    switch (type) {
      case TEXT -> keys.add(name);
      case BOOLEAN -> keys.add(name.equals("true") ? 1 : 0);
      case FLOATING -> keys.add(Double.doubleToLongBits(Double.parseDouble(name)));
      default -> keys.add(Long.parseLong(name));
    }
  }

  /** Reads {@code count} values that are no texts from row {@code first}; nulls become junk. */
  public static void load(TypeFamily type, FieldVector vector, int first, int count, long[] keys) {
    if (type == TypeFamily.FLOATING) {
      Longs.loadKeys(vector, first, count, keys);
    } else {
      Longs.load(vector, first, count, keys);
    }
  }

  /** Several keys as {@link #name} writes them. */
  public static List<String> names(TypeFamily type, KeyTable keys, int... numbers) {
    return IntStream.of(numbers).mapToObj(number -> name(type, keys, number)).toList();
  }
}
