package dev.baton.engine.spec;

import dev.baton.engine.spec.index.Kind;

/** Operators, sources and sinks by their names in the catalogue. */
record NamedForm(Kind kind) implements Form {
  @Override
  public String expects() {
    return (kind == Kind.OPERATOR ? "an " : "a ") + kind.word();
  }

  @Override
  public Object read(Yaml yaml, Context context) {
    Called called = Called.read(yaml);
    if (called == null) {
      boolean several = yaml instanceof Yaml.Mapping mapping && mapping.fields().size() > 1;
      throw context.error(
          yaml.at(),
          String.format(
              "expected %s but was %s%s",
              expects(), yaml.found(), several ? "; indent the parameters below the name" : ""));
    }
    Class<?> record;
    try {
      record = context.catalogue().find(kind, called.name());
    } catch (IllegalArgumentException e) {
      throw context.error(called.at(), e);
    }
    return new RecordForm(RecordShape.of(record))
        .read(called.parameters(), called.at(), context.in(called.name()));
  }

  @Override
  public Yaml write(Object value, Context context) {
    Class<?> type = value.getClass();
    if (!type.isRecord()) {
      throw context.unwritable(
          type.getName() + " is no record, so it has no file form; it exists only in Java");
    }
    String name = context.catalogue().name(kind, type);
    Form form = new RecordForm(RecordShape.of(type));
    return Called.write(name, form.write(value, context.in(name)));
  }
}
