package dev.baton.engine.spec;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/**
 * Types that read themselves from a text with a public static method {@code parse} and write
 * themselves with {@code toString}.
 *
 * @param otherwise the form of values that are no text, or null
 */
record ParsedForm(Class<?> of, Method parse, Form otherwise) implements Form {
  /** The form of a class, or null when it has no such method. */
  static Form of(Class<?> type, Form otherwise) {
    for (Class<?> argument : new Class<?>[] {String.class, CharSequence.class}) {
      try {
        Method parse = type.getMethod("parse", argument);
        if (Modifier.isStatic(parse.getModifiers())
            && type.isAssignableFrom(parse.getReturnType())) {
          parse.trySetAccessible();
          return new ParsedForm(type, parse, otherwise);
        }
      } catch (NoSuchMethodException e) {
        // Not that one.
      }
    }
    return null;
  }

  @Override
  public String expects() {
    String name = KebabCase.of(of.getSimpleName()).replace('-', ' ');
    return ("aeio".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
  }

  @Override
  public Object read(Yaml yaml, Context context) {
    if (yaml instanceof Yaml.Mapping && otherwise != null) {
      return otherwise.read(yaml, context);
    }
    if (!(yaml instanceof Yaml.Scalar scalar) || scalar.isNull()) {
      throw mismatch(yaml, context);
    }
    try {
      return parse(scalar.text());
    } catch (RuntimeException e) {
      throw context.error(yaml.at(), e);
    }
  }

  Object parse(String text) {
    try {
      return parse.invoke(null, text);
    } catch (InvocationTargetException e) {
      throw RecordShape.unchecked(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot call " + parse, e);
    }
  }

  @Override
  public Yaml write(Object value, Context context) {
    String text = value.toString();
    boolean readsBack;
    try {
      readsBack = value.equals(parse(text));
    } catch (RuntimeException e) {
      readsBack = false;
    }
    if (readsBack) {
      return Yaml.Scalar.text(text);
    }
    if (otherwise != null) {
      return otherwise.write(value, context);
    }
    throw context.unwritable(
        String.format("'%s' is not read back as the same %s", text, of.getSimpleName()));
  }
}
