package dev.baton.operators.encode;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.KeyTable;
import dev.baton.operators.internal.Longs;
import dev.baton.operators.internal.Once;
import dev.baton.operators.internal.TextBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * A fitted {@link RareCategoryGrouper}.
 *
 * @param columns what was seen of each column
 * @param replacement what stands for all other categories
 */
record RareGrouping(List<Column> columns, String replacement) implements Transform {

  /**
   * One fitted column.
   *
   * @param name the column
   * @param frequent the categories that stay
   */
  public record Column(String name, List<String> frequent) {
    public Column {
      frequent = List.copyOf(frequent);
    }

    private KeyTable table() {
      KeyTable table = new KeyTable();
      frequent.forEach(table::add);
      return table;
    }
  }

  public RareGrouping {
    columns = List.copyOf(columns);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    for (Column column : columns) {
      binder.put(binder.read(column.name, TypeFamily.TEXT));
    }
    Once<List<KeyTable>> tables = new Once<>(() -> columns.stream().map(Column::table).toList());
    byte[] other = replacement.getBytes(StandardCharsets.UTF_8);
    return binder.transform(
        context -> {
          List<KeyTable> kept = tables.get();
          return batch -> {
            for (int i = 0; i < kept.size(); i++) {
              group(batch, columns.get(i).name, kept.get(i), other, context);
            }
          };
        });
  }

  private static void group(
      Batch batch, String name, KeyTable kept, byte[] other, KernelContext context) {
    FieldVector source = batch.column(name);
    int rows = batch.rows();
    long data = Vectors.data(source);
    long offsets = Vectors.offsets(source);
    long validity = Validity.address(source);
    long bytes = rows == 0 ? 0 : (long) Memory.getInt(offsets + 4L * rows) - Memory.getInt(offsets);
    try (TextBuilder builder = new TextBuilder(name, rows, bytes, context.allocator())) {
      for (int row = 0; row < rows; row++) {
        if (Validity.isSet(validity, row)) {
          int start = Memory.getInt(offsets + 4L * row);
          int length = Memory.getInt(offsets + 4L * row + 4) - start;
          if (kept.find(data + start, length) >= 0) {
            builder.append(data + start, length);
          } else {
            builder.append(other, other.length);
          }
        } else {
          builder.appendNull();
        }
        if (row % Longs.BLOCK == 0) {
          context.checkpoint();
        }
      }
      batch.put(builder.finish());
    }
  }
}
