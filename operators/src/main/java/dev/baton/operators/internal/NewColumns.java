package dev.baton.operators.internal;

import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;

/** Declares columns named after what was seen, which must not take the place of others. */
public final class NewColumns {
  private final Binder binder;
  private final Set<String> taken = new HashSet<>();

  /**
   * @param replaced columns that make room
   */
  public NewColumns(Binder binder, Collection<String> replaced) {
    this.binder = binder;
    binder.input().getFields().forEach(field -> taken.add(field.getName()));
    replaced.forEach(
        name -> {
          binder.drop(name);
          taken.remove(name);
        });
  }

  /** Declares a column that {@code maker}, such as one-hot encoding, makes of another. */
  public void put(String maker, String column, Field field) {
    if (!taken.add(field.getName())) {
      throw new BindException(
          String.format(
              "%s of '%s' makes a column '%s', but there is one already; rename one of the"
                  + " two before this stage",
              maker, column, field.getName()));
    }
    binder.put(field);
  }
}
