package dev.baton.operators.bin;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.bin.KBinsDiscretizer.Encode;
import dev.baton.operators.internal.Doubles;
import dev.baton.operators.internal.Missing;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * Replaces numbers by the bins they fall into; what a {@link KBinsDiscretizer} makes when it is
 * fitted.
 *
 * @param columns the edges of each column
 * @param encode what to make of the bins
 */
record Binning(List<Column> columns, Encode encode) implements Transform {
  /** The edges of the only bin of a constant column. */
  static final List<Double> EVERYTHING =
      List.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /**
   * The edges of one column.
   *
   * @param name the column
   * @param edges in ascending order, one more than there are bins
   */
  record Column(String name, List<Double> edges) {
    Column {
      edges = List.copyOf(edges);
    }

    int bins() {
      return edges.size() - 1;
    }

    String output(int bin) {
      return name + "_" + bin;
    }
  }

  Binning {
    columns = List.copyOf(columns);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<double[]> edges = new ArrayList<>();
    for (Column column : columns) {
      binder.read(column.name(), TypeFamily.NUMERIC);
      edges.add(column.edges().stream().mapToDouble(x -> x).toArray());
      if (encode == Encode.ORDINAL) {
        binder.put(Types.field(column.name(), Types.INT32));
      } else {
        binder.drop(column.name());
      }
    }
    if (encode == Encode.ONE_HOT) {
      columns.forEach(column -> putOutputs(binder, column));
    }
    return binder.transform(context -> new BinningKernel(context, edges));
  }

  private static void putOutputs(Binder binder, Column column) {
    for (int bin = 0; bin < column.bins(); bin++) {
      if (Columns.findOrNull(binder.input(), column.output(bin)) != null) {
        throw new BindException(
            String.format(
                "the bins of '%s' make a column '%s', but there is one already; rename one of the"
                    + " two before this stage",
                column.name(), column.output(bin)));
      }
      binder.put(Types.field(column.output(bin), Types.INT8));
    }
  }

  private final class BinningKernel implements Kernel {
    private final KernelContext context;
    private final List<double[]> edges;
    private final double[] block = new double[Doubles.BLOCK];
    private final int[] found = new int[Doubles.BLOCK];

    BinningKernel(KernelContext context, List<double[]> edges) {
      this.context = context;
      this.edges = edges;
    }

    @Override
    public void apply(Batch batch) {
      for (int i = 0; i < columns.size(); i++) {
        List<FieldVector> made = new ArrayList<>();
        try {
          if (encode == Encode.ORDINAL) {
            ordinal(batch, i, made);
          } else {
            oneHot(batch, i, made);
          }
        } catch (Throwable e) {
          made.forEach(FieldVector::close);
          throw e;
        }
        if (encode == Encode.ONE_HOT) {
          batch.drop(columns.get(i).name());
        }
        made.forEach(batch::put);
      }
    }

    /** The bins of some rows, -1 where the value is missing. */
    private void find(FieldVector source, int first, int count, double[] limits) {
      Doubles.load(source, first, count, block);
      for (int start = 0; start < count; start += 64) {
        long missing = Missing.word(source, (first + start) >>> 6);
        for (int i = start; i < Math.min(start + 64, count); i++) {
          found[i] = (missing & 1) != 0 ? -1 : Bins.find(limits, block[i]);
          missing >>>= 1;
        }
      }
      context.checkpoint();
    }

    private void ordinal(Batch batch, int position, List<FieldVector> made) {
      FieldVector source = batch.column(columns.get(position).name());
      int rows = batch.rows();
      FieldVector target =
          Vectors.fixed(Types.field(source.getName(), Types.INT32), rows, context.allocator());
      made.add(target);
      long data = Vectors.data(target);
      for (int first = 0; first < rows; first += Doubles.BLOCK) {
        int count = Math.min(Doubles.BLOCK, rows - first);
        find(source, first, count, edges.get(position));
        for (int i = 0; i < count; i++) {
          Memory.putInt(data + 4L * (first + i), Math.max(0, found[i]));
        }
      }
      for (int word = 0; word < Validity.words(rows); word++) {
        long present = ~Missing.word(source, word) & Validity.tail(rows - 64 * word);
        Validity.putWord(Validity.address(target), word, rows, present);
      }
    }

    private void oneHot(Batch batch, int position, List<FieldVector> made) {
      Column column = columns.get(position);
      FieldVector source = batch.column(column.name());
      int rows = batch.rows();
      long[] targets = new long[column.bins()];
      for (int bin = 0; bin < targets.length; bin++) {
        FieldVector target =
            Vectors.fixed(Types.field(column.output(bin), Types.INT8), rows, context.allocator());
        made.add(target);
        Validity.setAll(Validity.address(target), rows);
        targets[bin] = Vectors.data(target);
      }
      for (int first = 0; first < rows; first += Doubles.BLOCK) {
        int count = Math.min(Doubles.BLOCK, rows - first);
        find(source, first, count, edges.get(position));
        for (int i = 0; i < count; i++) {
          if (found[i] >= 0) {
            Memory.putByte(targets[found[i]] + first + i, (byte) 1);
          }
        }
      }
    }
  }
}
