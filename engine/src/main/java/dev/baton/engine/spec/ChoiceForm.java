package dev.baton.engine.spec;

import dev.baton.engine.batch.Names;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sealed interfaces of records: the name of a record with its parameters, or just the name when it
 * needs none.
 */
record ChoiceForm(Map<String, Class<?>> records) implements Form {
  /** The form of a sealed type, or null when no record is among what it permits. */
  static Form of(Class<?> sealed) {
    // By name, since compilers of different versions list what is permitted in different orders.
    Map<String, Class<?>> records = new TreeMap<>();
    collect(sealed, records);
    return records.isEmpty() ? null : new ChoiceForm(records);
  }

  private static void collect(Class<?> type, Map<String, Class<?>> records) {
    if (type.isRecord()) {
      records.put(KebabCase.of(type.getSimpleName()), type);
    } else if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        collect(permitted, records);
      }
    }
  }

  @Override
  public String expects() {
    return "one of " + String.join(", ", records.keySet());
  }

  @Override
  public Object read(Yaml yaml, Context context) {
    Called called = Called.read(yaml);
    if (called == null) {
      throw mismatch(yaml, context);
    }
    Class<?> record = records.get(called.name());
    if (record == null) {
      String hint = Names.hint(called.name(), records.keySet());
      throw context.error(called.at(), "unknown name '" + called.name() + "'" + hint);
    }
    return new RecordForm(RecordShape.of(record))
        .read(called.parameters(), called.at(), context.in(called.name()));
  }

  @Override
  public Yaml write(Object value, Context context) {
    String name = KebabCase.of(value.getClass().getSimpleName());
    if (records.get(name) != value.getClass()) {
      throw context.unwritable("a " + value.getClass().getName() + " has no file form");
    }
    Form form = new RecordForm(RecordShape.of(value.getClass()));
    return Called.write(name, form.write(value, context.in(name)));
  }
}
