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
    boolean bytes = name.equals("bytes") || name.endsWith("Bytes");
    return bytes && (type == long.class || type == Long.class) ? ScalarForm.BYTES : Forms.of(type);
  }

  /** Whether a user may write null for it. */
  boolean nullable() {
    return !required && !(type instanceof Class<?> plain && plain.isPrimitive());
  }
}
