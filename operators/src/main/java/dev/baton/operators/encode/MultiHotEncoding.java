package dev.baton.operators.encode;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.KeyTable;
import dev.baton.operators.internal.NewColumns;
import dev.baton.operators.internal.Once;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A fitted {@link MultiHotEncoder}.
 *
 * @param columns what was seen of each column
 * @param delimiter as in the encoder
 * @param output as in the encoder
 * @param unknown as in the encoder
 */
record MultiHotEncoding(
    List<Column> columns,
    String delimiter,
    MultiHotEncoder.Output output,
    MultiHotEncoder.Unknown unknown)
    implements Transform {

  /**
   * One fitted column.
   *
   * @param name the source column
   * @param labels in the order of the new columns
   */
  public record Column(String name, List<String> labels) {
    public Column {
      labels = List.copyOf(labels);
    }

    /** The new columns, where they are columns. */
    List<String> outputs() {
      return labels.stream().map(label -> name + "_" + label).toList();
    }

    private KeyTable table() {
      KeyTable table = new KeyTable();
      labels.forEach(table::add);
      return table;
    }
  }

  public MultiHotEncoding {
    columns = List.copyOf(columns);
  }

  static Field list(String name) {
    return Types.listField(name, Types.INT8);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    columns.forEach(column -> Labels.check(binder.read(column.name, TypeFamily.ANY)));
    if (output == MultiHotEncoder.Output.LIST) {
      columns.forEach(column -> binder.put(list(column.name)));
    } else {
      NewColumns made = new NewColumns(binder, columns.stream().map(Column::name).toList());
      for (Column column : columns) {
        for (String name : column.outputs()) {
          made.put("multi-hot encoding", column.name, Types.field(name, Types.INT8));
        }
      }
    }
    Once<List<KeyTable>> tables = new Once<>(() -> columns.stream().map(Column::table).toList());
    return binder.transform(context -> new MultiHotKernel(this, tables.get(), context));
  }
}
