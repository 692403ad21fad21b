package dev.baton.operators.combine;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.operators.internal.RowKeys;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Looks each row up in a table by the values of some columns and adds the columns of the row found.
 * The table must have each key once; nulls match nothing.
 *
 * <p>The table is a source, such as a CSV file, which each process reads once for a pass and keeps
 * on the heap.
 *
 * <p>Cost: reads the table; then a search a row and a copy of what is added.
 *
 * <p>Like: Spark SQL broadcast join; NVTabular JoinExternal; pandas {@code merge} with {@code
 * validate='m:1'}.
 *
 * @param on columns of the input that are the key: numbers, text, bool, dates and timestamps
 * @param table where the table comes from
 * @param tableOn the columns of the table that are its key, in the order of {@code on} (default
 *     those of the same names)
 * @param add the columns to take from the table (default all others)
 * @param missing what becomes of a row whose key the table does not have: {@code null} gives nulls
 *     (a left join, the default), {@code drop} drops the row (an inner join), {@code error} ends
 *     the run
 */
public record Join(
    Columns on, Source table, List<String> tableOn, List<String> add, Missing missing)
    implements Transform {
  /** What becomes of a row whose key the table does not have. */
  public enum Missing {
    NULL,
    DROP,
    ERROR
  }

  public Join {
    Objects.requireNonNull(on, "on");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(missing, "missing");
    tableOn = List.copyOf(tableOn);
    add = List.copyOf(add);
  }

  /** A left join by columns of the same names that adds all others. */
  public Join(Columns on, Source table) {
    this(on, table, List.of(), List.of(), Missing.NULL);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> keys = binder.read(on, RowKeys.types());
    Schema schema = schema();
    List<Field> tableKeys = tableKeys(keys, schema);
    List<Field> added = added(tableKeys, schema);
    for (Field field : added) {
      if (Columns.findOrNull(binder.input(), field.getName()) != null) {
        throw new BindException(
            String.format(
                "column '%s' of the table is in the input too; rename or drop one, or name others"
                    + " in add",
                field.getName()));
      }
      binder.put(field);
    }
    if (missing == Missing.DROP) {
      binder.changesRows();
    }
    JoinTable lookup = new JoinTable(table, tableKeys, added);
    return binder.transform(
        context -> new JoinKernel(keys, lookup.content(context), missing, context));
  }

  private Schema schema() {
    try (OpenSource open = table.open()) {
      return open.schema();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  static BindException unreadable(Exception e) {
    BindException placed = new BindException("cannot read the table: " + e.getMessage());
    placed.initCause(e);
    return placed;
  }

  private List<Field> tableKeys(List<Field> keys, Schema schema) {
    List<String> names = tableOn.isEmpty() ? Scan.names(keys) : tableOn;
    if (names.size() != keys.size() || keys.isEmpty()) {
      throw new BindException(
          String.format(
              "the key has %d columns %s in the input and %d in the table %s; name as many in"
                  + " tableOn as on selects",
              keys.size(), Scan.names(keys), names.size(), names));
    }
    List<Field> found = names.stream().map(name -> inTable(schema, name)).toList();
    for (int i = 0; i < found.size(); i++) {
      ArrowType here = keys.get(i).getType();
      ArrowType there = found.get(i).getType();
      boolean alike = TypeFamily.INTEGER.accepts(here) && TypeFamily.INTEGER.accepts(there);
      if (!alike && !here.equals(there)) {
        throw new BindException(
            String.format(
                "column '%s' is %s but '%s' of the table is %s; put a cast before this stage",
                keys.get(i).getName(),
                Types.name(here),
                found.get(i).getName(),
                Types.name(there)));
      }
    }
    return found;
  }

  private List<Field> added(List<Field> tableKeys, Schema schema) {
    List<Field> fields =
        add.isEmpty()
            ? schema.getFields().stream().filter(field -> !tableKeys.contains(field)).toList()
            : add.stream().map(name -> inTable(schema, name)).toList();
    for (Field field : fields) {
      JoinTable.check(field);
    }
    return fields.stream()
        .map(field -> new Field(field.getName(), FieldType.nullable(field.getType()), null))
        .toList();
  }

  private static Field inTable(Schema schema, String name) {
    try {
      return Columns.find(schema, name);
    } catch (BindException e) {
      throw new BindException("the table: " + e.getMessage());
    }
  }
}
