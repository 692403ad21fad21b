package dev.baton.engine.spec;

import dev.baton.engine.operator.Columns;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * Makes up values for required parameters, so that the defaults of the others can be shown without
 * any.
 */
final class Samples {
  private static final int ATTEMPTS = 6;
  private static final Map<Class<?>, Object> VALUES =
      Map.of(
          boolean.class, true,
          String.class, "x",
          char.class, ',',
          Duration.class, Duration.ofSeconds(1),
          Path.class, Path.of("x"),
          ZoneId.class, ZoneId.of("UTC"),
          Pattern.class, Pattern.compile("x"),
          ArrowType.class, ArrowType.Utf8.INSTANCE,
          Columns.class, Columns.of("x"));

  private Samples() {}

  /** A record with made-up required values and the true defaults, or null when none is accepted. */
  static Object of(RecordShape shape) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Map<String, Object> required = new HashMap<>();
      for (Part part : shape.parts()) {
        if (part.required()) {
          // Numbers rise from parameter to parameter, for bounds are often asked for in order.
          required.put(part.name(), value(part.type(), attempt, required.size() + 1));
        }
      }
      try {
        return shape.shortest(required);
      } catch (RuntimeException e) {
        // Perhaps the next values are accepted.
      }
    }
    return null;
  }

  private static Object value(Type type, int attempt, int number) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      Object element = value(arguments[arguments.length - 1], attempt, number);
      if (element == null) {
        return null;
      }
      if (generic.getRawType() == Map.class) {
        return Map.of("x", element);
      }
      return generic.getRawType() == Set.class ? Set.of(element) : List.of(element);
    }
    if (!(type instanceof Class<?> plain)) {
      return null;
    }
    if (VALUES.containsKey(plain)) {
      return VALUES.get(plain);
    }
    if (plain.isEnum()) {
      Object[] constants = plain.getEnumConstants();
      return constants[attempt % constants.length];
    }
    return number(plain, number) != null ? number(plain, number) : structured(plain, attempt);
  }

  private static Object number(Class<?> type, int number) {
    if (type == int.class || type == Integer.class) {
      return number;
    }
    if (type == long.class || type == Long.class) {
      return (long) number;
    }
    if (type == float.class || type == Float.class) {
      return (float) number;
    }
    return type == double.class || type == Double.class ? (Object) (double) number : null;
  }

  private static Object structured(Class<?> type, int attempt) {
    try {
      if (Forms.of(type) instanceof ParsedForm parsed) {
        return parsed.parse(List.of("x", "1", "x = 1", "true", "now", "").get(attempt));
      }
      if (Forms.of(type) instanceof RecordForm nested) {
        return of(nested.shape());
      }
      if (Forms.of(type) instanceof ChoiceForm choice) {
        List<Class<?>> records = List.copyOf(choice.records().values());
        return of(RecordShape.of(records.get(attempt % records.size())));
      }
    } catch (RuntimeException e) {
      // Perhaps the next text is accepted.
    }
    return null;
  }
}
