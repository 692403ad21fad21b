package dev.baton.operators.encode;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.operators.internal.Longs;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** Does what {@link CategoryValues} or {@link ClassValues} say, a block of rows at a time. */
final class ValuesKernel implements Kernel {
  private final List<Integer> starts;
  private final boolean refuseUnknown;
  private final List<ValuesLookup> lookups;
  private final KernelContext context;
  private final long[] scratch = new long[Longs.BLOCK];
  private final int[] found = new int[Longs.BLOCK];
  private int fold;

  ValuesKernel(
      List<Integer> starts,
      boolean refuseUnknown,
      List<ValuesLookup> lookups,
      KernelContext context) {
    this.starts = starts;
    this.refuseUnknown = refuseUnknown;
    this.lookups = lookups;
    this.context = context;
  }

  @Override
  public void start(long split) {
    fold = split < starts.size() ? starts.get((int) split) : 0;
  }

  @Override
  public boolean isPlaced() {
    return !starts.isEmpty();
  }

  @Override
  public void apply(Batch batch) {
    int next = fold;
    for (ValuesLookup lookup : lookups) {
      List<FieldVector> made = new ArrayList<>();
      try {
        for (String output : lookup.outputs) {
          made.add(
              Vectors.fixed(Types.field(output, Types.FLOAT64), batch.rows(), context.allocator()));
        }
        next = encode(batch.column(lookup.name), made, lookup);
      } catch (Throwable e) {
        made.forEach(FieldVector::close);
        throw e;
      }
      if (!lookup.outputs.contains(lookup.name)) {
        batch.drop(lookup.name);
      }
      made.forEach(batch::put);
    }
    fold = next;
  }

  /** Returns the fold of the row after the last. */
  private int encode(FieldVector source, List<FieldVector> targets, ValuesLookup lookup) {
    int rows = source.getValueCount();
    targets.forEach(target -> Validity.setAll(Validity.address(target), rows));
    int of = fold;
    for (int first = 0; first < rows; first += Longs.BLOCK) {
      int count = Math.min(Longs.BLOCK, rows - first);
      lookup.codes.encode(source, first, count, scratch, found);
      if (refuseUnknown) {
        lookup.codes.refuseUnknown(
            source, first, count, found, "set another unknown or fit on data that has it");
      }
      int next = of;
      for (int i = 0; i < targets.size(); i++) {
        next = write(lookup.values[i], of, targets.get(i), first, count);
      }
      of = next;
      context.checkpoint();
    }
    return of;
  }

  /** Writes the numbers of the categories found, from a fold on, whose next is returned. */
  private int write(double[][] values, int fold, FieldVector target, int first, int count) {
    int unknown = values[0].length - 1;
    int folds = Math.max(1, values.length - 1);
    int of = fold;
    for (int i = 0; i < count; i++) {
      double value = values[of][found[i] == CategoryCodes.UNKNOWN ? unknown : found[i]];
      of = of + 1 == folds ? 0 : of + 1;
      if (Double.isNaN(value)) {
        Validity.clear(Validity.address(target), first + i);
      } else {
        Memory.putDouble(Vectors.data(target) + 8L * (first + i), value);
      }
    }
    return of;
  }
}
