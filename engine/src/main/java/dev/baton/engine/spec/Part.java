package dev.baton.engine.spec;

import java.lang.reflect.Type;

/**
 * A component of a record as a parameter.
 *
 * @param name its name in Java
 * @param key its name in a file
 * @param required whether the shortest constructor asks for it
 */
record Part(String name, String key, Type type, boolean required) {
  Part(String name, Type type, boolean required) {
    this(name, KebabCase.of(name), type, required);
  }

  Form form() {
    if (name.equals("bytes") || name.endsWith("Bytes")) {
      if (type == long.class || type == Long.class) {
        return ScalarForm.BYTES;
      }
      if (type == int.class || type == Integer.class) {
        return ScalarForm.INT_BYTES;
      }
    }
    return Forms.of(type);
  }

  /** Whether a user may write null for it. */
  boolean nullable(Context context) {
    return (context.complete() || !required)
        && !(type instanceof Class<?> plain && plain.isPrimitive());
  }
}
