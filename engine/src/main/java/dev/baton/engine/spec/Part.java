package dev.baton.engine.spec;

import java.lang.reflect.Type;

/**
 * A component of a record as a parameter.
 *
 * @param name its name in Java
 * @param required whether the shortest constructor asks for it
 */
record Part(String name, Type type, boolean required) {
  /** Its name in a file. */
  String key() {
    return KebabCase.of(name);
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
    return (context.nulls() || !required)
        && !(type instanceof Class<?> plain && plain.isPrimitive());
  }
}
