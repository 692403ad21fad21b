package dev.baton.operators.encode;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.Longs;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;

/**
 * A fitted {@link OrdinalEncoder}.
 *
 * @param columns what was seen of each column
 * @param unknown as in the encoder
 * @param unknownValue as in the encoder
 * @param nullValue as in the encoder
 */
record OrdinalEncoding(
    List<Column> columns, OrdinalEncoder.Unknown unknown, int unknownValue, Integer nullValue)
    implements Transform {

  /**
   * One fitted column.
   *
   * @param name the column
   * @param type text, boolean or integer
   * @param categories those with a code of their own, in the order of the codes
   * @param rare those that share the next code; left empty where any unknown value has it too
   */
  public record Column(String name, TypeFamily type, List<String> categories, List<String> rare) {
    public Column {
      categories = List.copyOf(categories);
      rare = List.copyOf(rare);
    }
  }

  public OrdinalEncoding {
    columns = List.copyOf(columns);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<CategoryCodes> codes = new ArrayList<>();
    for (Column column : columns) {
      binder.read(column.name, column.type);
      binder.put(Types.field(column.name, Types.INT32));
      codes.add(
          new CategoryCodes(
              column.name,
              column.type,
              column.categories,
              column.rare,
              column.categories.size(),
              nullValue == null ? 0 : nullValue));
    }
    return binder.transform(context -> new OrdinalKernel(context, codes));
  }

  private final class OrdinalKernel implements Kernel {
    private final KernelContext context;
    private final List<CategoryCodes> codes;
    private final long[] scratch = new long[Longs.BLOCK];
    private final int[] found = new int[Longs.BLOCK];

    OrdinalKernel(KernelContext context, List<CategoryCodes> codes) {
      this.context = context;
      this.codes = codes;
    }

    @Override
    public void apply(Batch batch) {
      for (int i = 0; i < columns.size(); i++) {
        Column column = columns.get(i);
        IntVector target =
            Vectors.fixed(Types.field(column.name, Types.INT32), batch.rows(), context.allocator());
        try {
          encode(batch.column(column.name), target, column, codes.get(i));
        } catch (Throwable e) {
          target.close();
          throw e;
        }
        batch.put(target);
      }
    }

    private void encode(FieldVector source, IntVector target, Column column, CategoryCodes codes) {
      int rows = source.getValueCount();
      boolean nulls = Validity.nulls(source) > 0;
      if (nullValue == null) {
        Vectors.copyValidity(source, target);
      } else {
        Validity.setAll(Validity.address(target), rows);
      }
      int unknownCode =
          unknown == OrdinalEncoder.Unknown.INFREQUENT ? column.categories.size() : unknownValue;
      for (int first = 0; first < rows; first += Longs.BLOCK) {
        int count = Math.min(Longs.BLOCK, rows - first);
        codes.encode(source, nulls, first, count, scratch, found);
        if (unknown == OrdinalEncoder.Unknown.ERROR) {
          codes.refuseUnknown(
              source, first, count, found, "set unknown=value or fit on data that has it");
        }
        long to = Vectors.data(target) + 4L * first;
        for (int i = 0; i < count; i++) {
          Memory.putInt(to + 4L * i, found[i] == CategoryCodes.UNKNOWN ? unknownCode : found[i]);
        }
        context.checkpoint();
      }
    }
  }
}
