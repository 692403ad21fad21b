package dev.baton.engine.spec;

import dev.baton.engine.source.Split;

/** Splits within other splits, by their class names; only between processes, never in a file. */
record SplitForm() implements Form {
  @Override
  public String expects() {
    return "a split";
  }

  @Override
  public Object read(Yaml yaml, Context context) {
    Called called = context.complete() ? Called.read(yaml) : null;
    if (called == null) {
      throw mismatch(yaml, context);
    }
    try {
      Class<?> type = Class.forName(called.name(), false, Split.class.getClassLoader());
      // Nothing of the class runs before it is known to be what belongs here.
      if (!type.isRecord() || !Split.class.isAssignableFrom(type)) {
        throw mismatch(yaml, context);
      }
      return new RecordForm(RecordShape.of(type)).read(called.parameters(), context);
    } catch (ClassNotFoundException e) {
      throw context.error(called.at(), "a class is not on the class path: " + e.getMessage());
    }
  }

  @Override
  public Yaml write(Object value, Context context) {
    Class<?> type = value.getClass();
    if (!context.complete() || !type.isRecord()) {
      throw context.unwritable(type.getName() + " exists only in Java");
    }
    Form form = new RecordForm(RecordShape.of(type));
    return Called.write(type.getName(), form.write(value, context));
  }
}
