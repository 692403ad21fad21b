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
import dev.baton.operators.internal.NewColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * A fitted {@link OneHotEncoder}.
 *
 * @param columns what was seen of each column
 * @param unknown as in the encoder
 * @param drop as in the encoder
 */
record OneHotEncoding(List<Column> columns, OneHotEncoder.Unknown unknown, OneHotEncoder.Drop drop)
    implements Transform {

  /** Where nulls go: a column of their own, the rare ones' column, nowhere, or as unknown. */
  public enum NullPlace {
    OWN,
    INFREQUENT,
    ZEROS,
    UNKNOWN
  }

  /**
   * One fitted column.
   *
   * @param name the source column
   * @param type text, boolean or integer
   * @param categories those with a column of their own, in order
   * @param rare those that share a column; left empty where any unknown value does
   * @param infrequent whether there is a column for rare categories
   * @param nulls where nulls go
   */
  public record Column(
      String name,
      TypeFamily type,
      List<String> categories,
      List<String> rare,
      boolean infrequent,
      NullPlace nulls) {
    public Column {
      categories = List.copyOf(categories);
      rare = List.copyOf(rare);
    }

    /** The new columns, {@code drop} not yet considered. */
    List<String> outputs() {
      List<String> outputs = new ArrayList<>();
      categories.forEach(category -> outputs.add(name + "_" + category));
      if (nulls == NullPlace.OWN) {
        outputs.add(unused(name + "_null", outputs));
      }
      if (infrequent) {
        outputs.add(unused(name + "_infrequent", outputs));
      }
      return outputs;
    }

    private static String unused(String name, List<String> outputs) {
      String unused = name;
      while (outputs.contains(unused)) {
        unused += "_";
      }
      return unused;
    }

    /** Codes are positions among {@link #outputs}; -1 gives zeros. */
    CategoryCodes codes() {
      int nullColumn = categories.size();
      int rareColumn = nullColumn + (nulls == NullPlace.OWN ? 1 : 0);
      int nullCode =
          switch (nulls) {
            case OWN -> nullColumn;
            case INFREQUENT -> rareColumn;
            case ZEROS -> -1;
            case UNKNOWN -> CategoryCodes.UNKNOWN;
          };
      return new CategoryCodes(name, type, 0, categories, rare, rareColumn, nullCode);
    }
  }

  public OneHotEncoding {
    columns = List.copyOf(columns);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<CategoryCodes> codes = new ArrayList<>();
    List<List<String>> outputs = new ArrayList<>();
    columns.forEach(column -> binder.read(column.name, column.type));
    NewColumns made = new NewColumns(binder, columns.stream().map(Column::name).toList());
    for (Column column : columns) {
      List<String> names = column.outputs();
      codes.add(column.codes());
      outputs.add(names);
      for (String name : names.subList(dropped(names), names.size())) {
        made.put("one-hot encoding", column.name, Types.field(name, Types.INT8));
      }
    }
    return binder.transform(context -> new OneHotKernel(context, codes, outputs));
  }

  /** How many of a column's outputs, the first ones, are left out. */
  private int dropped(List<?> outputs) {
    return switch (drop) {
      case NONE -> 0;
      case FIRST -> Math.min(1, outputs.size());
      case IF_BINARY -> outputs.size() == 2 ? 1 : 0;
    };
  }

  private final class OneHotKernel implements Kernel {
    private final KernelContext context;
    private final List<CategoryCodes> codes;
    private final List<List<String>> outputs;
    private final long[] scratch = new long[Longs.BLOCK];
    private final int[] found = new int[Longs.BLOCK];

    OneHotKernel(KernelContext context, List<CategoryCodes> codes, List<List<String>> outputs) {
      this.context = context;
      this.codes = codes;
      this.outputs = outputs;
    }

    @Override
    public void apply(Batch batch) {
      for (int i = 0; i < columns.size(); i++) {
        List<FieldVector> made = new ArrayList<>();
        try {
          make(batch, i, made);
        } catch (Throwable e) {
          made.forEach(FieldVector::close);
          throw e;
        }
        batch.drop(columns.get(i).name);
        int dropped = dropped(made);
        made.subList(0, dropped).forEach(FieldVector::close);
        made.subList(dropped, made.size()).forEach(batch::put);
      }
    }

    private void make(Batch batch, int position, List<FieldVector> made) {
      Column column = columns.get(position);
      int rows = batch.rows();
      BufferAllocator allocator = context.allocator();
      long[] targets = new long[outputs.get(position).size()];
      for (int i = 0; i < targets.length; i++) {
        FieldVector vector =
            Vectors.fixed(Types.field(outputs.get(position).get(i), Types.INT8), rows, allocator);
        made.add(vector);
        Validity.setAll(Validity.address(vector), rows);
        targets[i] = Vectors.data(vector);
      }
      FieldVector source = batch.column(column.name);
      int unknownCode =
          unknown == OneHotEncoder.Unknown.INFREQUENT && column.infrequent
              ? targets.length - 1
              : -1;
      for (int first = 0; first < rows; first += Longs.BLOCK) {
        int count = Math.min(Longs.BLOCK, rows - first);
        codes.get(position).encode(source, first, count, scratch, found);
        if (unknown == OneHotEncoder.Unknown.ERROR) {
          codes
              .get(position)
              .refuseUnknown(
                  source, first, count, found, "set unknown=ignore or fit on data that has it");
        }
        for (int i = 0; i < count; i++) {
          int code = found[i] == CategoryCodes.UNKNOWN ? unknownCode : found[i];
          if (code >= 0) {
            Memory.putByte(targets[code] + first + i, (byte) 1);
          }
        }
        context.checkpoint();
      }
    }
  }
}
