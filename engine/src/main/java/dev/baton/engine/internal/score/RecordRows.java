package dev.baton.engine.internal.score;

import dev.baton.engine.PipelineException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Records as rows. */
public final class RecordRows {
  private static final ClassValue<Map<String, MethodHandle>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected Map<String, MethodHandle> computeValue(Class<?> type) {
          return components(type);
        }
      };

  private RecordRows() {}

  /** The values of a record in the order of the input columns. */
  public static Object[] values(Record row, RowNames names) {
    Map<String, Object> byName = new LinkedHashMap<>();
    Map<String, String> columns = new HashMap<>();
    List<String> input = names.input();
    input.forEach(column -> columns.put(plain(column), column));
    for (Map.Entry<String, MethodHandle> component : COMPONENTS.get(row.getClass()).entrySet()) {
      String name = component.getKey();
      String column = input.contains(name) ? name : columns.getOrDefault(plain(name), name);
      byName.put(column, get(component.getValue(), row));
    }
    return names.values(byName);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  private static Map<String, MethodHandle> components(Class<?> type) {
    Map<String, MethodHandle> components = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Method accessor = component.getAccessor();
      if (!accessor.trySetAccessible()) {
        throw new PipelineException(
            "the record "
                + type.getName()
                + " cannot be read; open its package to Baton, or score a map",
            null);
      }
      try {
        components.put(
            component.getName(),
            MethodHandles.lookup()
                .unreflect(accessor)
                .asType(MethodType.methodType(Object.class, Record.class)));
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
    return components;
  }

  private static Object get(MethodHandle accessor, Record row) {
    try {
      return accessor.invokeExact(row);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
