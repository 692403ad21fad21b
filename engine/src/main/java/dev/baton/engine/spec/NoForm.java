package dev.baton.engine.spec;

import java.lang.reflect.Type;

/** Stands for types whose values exist only in Java, such as functions. */
record NoForm(Type of) implements Form {
  @Override
  public String expects() {
    return "a " + name() + " from Java";
  }

  @Override
  public Object read(Yaml yaml, Context context) {
    throw context.error(yaml.at(), explanation());
  }

  @Override
  public Yaml write(Object value, Context context) {
    throw context.unwritable(explanation());
  }

  private String explanation() {
    return "a " + name() + " has no file form; such a pipeline exists only in Java";
  }

  private String name() {
    return of instanceof Class<?> type ? type.getSimpleName() : simple(of.getTypeName());
  }

  private static String simple(String name) {
    return name.replaceAll("\\b[\\w.]+[.$](?=\\w)", "");
  }
}
