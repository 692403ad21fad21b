package dev.baton.operators.combine;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.operators.combine.Scan.Keep;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Takes rows past the last rows of their group, beginning with those of the splits before. */
abstract class RingKernel implements Kernel {
  /** What all workers share: the rows carried into each unit, and how to find them. Immutable. */
  record Carry(Scan scan, Tails tails, CarryIndex index) {
    Carry(Scan scan, Tails tails) {
      this(scan, tails, tails.index());
    }
  }

  final KernelContext context;
  final Scan scan;
  final Rings rings;
  final List<RingColumn> columns = new ArrayList<>();
  private final Carry carry;
  private long split;
  private int unit;
  private int known;

  RingKernel(Carry carry, KernelContext context) {
    this.context = context;
    this.carry = carry;
    this.scan = carry.scan();
    this.rings = new Rings(scan.by(), scan.size());
    for (Field field : scan.columns()) {
      columns.add(new RingColumn(field, scan.keep()));
    }
  }

  @Override
  public final void start(long split) {
    this.split = split;
    this.unit = carry.tails().firstUnit(split);
    clear();
  }

  /** Forgets all rows. */
  void clear() {
    rings.clear();
    columns.forEach(RingColumn::clear);
    known = 0;
  }

  @Override
  public final void apply(Batch batch) {
    if (scan.ahead()) {
      carry.tails().check(split, unit, batch.rows());
      clear();
    }
    rings.number(batch);
    columns.forEach(column -> column.reserve(rings.slotCount()));
    // Without rows there may be no group yet, and its carry must not be taken for loaded.
    for (; batch.rows() > 0 && known < rings.groups().size(); known++) {
      load(known);
    }
    int[] slots = rings.walk(batch.rows(), scan.ahead());
    List<FieldVector> made = new ArrayList<>();
    try {
      for (RingColumn column : columns) {
        context.checkpoint();
        FieldVector source = batch.column(column.field().getName());
        column.load(source, batch.rows());
        pass(column, source, slots, made);
        column.settle(source, slots, batch.rows());
      }
    } catch (Throwable e) {
      made.forEach(FieldVector::close);
      throw e;
    }
    // Only now, as one may replace a column that was still to be read.
    made.forEach(batch::put);
    unit += scan.ahead() ? 1 : 0;
  }

  /** Lets the rows of a batch pass in one column that is loaded, and adds what comes out. */
  abstract void pass(RingColumn column, FieldVector source, int[] slots, List<FieldVector> made);

  /** Says that the values of a group that came before are in its slots now. */
  void loaded(int group) {}

  private void load(int group) {
    int carried =
        scan.by().isEmpty() ? 0 : carry.tails().groups().find(rings.groups().table(), group);
    if (carried >= 0) {
      CarryIndex index = carry.index();
      int end = index.end(carried, unit);
      for (int at = Math.max(index.start(carried), end - scan.size()); at < end; at++) {
        load(rings.advance(group), index.entry(at));
      }
      if (scan.keep() == Keep.VALUES) {
        loadOlder(group * scan.size(), carried, end);
      }
    }
    loaded(group);
  }

  private void load(int slot, int entry) {
    for (int c = 0; c < columns.size(); c++) {
      columns.get(c).put(slot, carry.tails().column(c), entry);
    }
  }

  /** Finds values further back where the last entry of the group has none. */
  private void loadOlder(int slot, int carried, int end) {
    for (int c = 0; c < columns.size(); c++) {
      RingColumn to = columns.get(c);
      Tails.Column from = carry.tails().column(c);
      for (int at = end - 2; !to.has[slot] && at >= carry.index().start(carried); at--) {
        to.put(slot, from, carry.index().entry(at));
      }
    }
  }
}
