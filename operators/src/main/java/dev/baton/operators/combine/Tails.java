package dev.baton.operators.combine;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.operators.combine.Scan.Keep;
import dev.baton.operators.internal.KeyTable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The last rows of each group in each <em>unit</em>, which is a split; where an operator looks
 * ahead the first rows, and a unit is a batch.
 */
public final class Tails implements FitState<Tails> {
  private final Scan scan;

  // Of all units that have ended: an entry for each row kept, unit by unit.
  private final KeyTable groups = new KeyTable();
  private LongList entryGroups = new LongList();
  private final List<Column> columns = new ArrayList<>();
  private LongList unitEnds = new LongList();
  private LongList unitRows = new LongList();
  private LongList splitEnds = new LongList();

  // Of the unit under way.
  private final Rings rings;
  private final List<RingColumn> ringColumns = new ArrayList<>();
  private long rows;

  /** The values of one column, an entry each. */
  static final class Column {
    LongList words = new LongList();
    BitSet has = new BitSet();
    final KeyTable texts = new KeyTable();
  }

  /** Nothing seen yet. */
  Tails(Scan scan) {
    this.scan = scan;
    this.rings = new Rings(scan.by(), scan.size());
    for (Field field : scan.columns()) {
      columns.add(new Column());
      ringColumns.add(new RingColumn(field, scan.keep()));
    }
  }

  @Override
  public void observe(Batch batch) {
    rings.number(batch);
    int[] slots = rings.walk(batch.rows(), scan.ahead());
    for (RingColumn column : ringColumns) {
      FieldVector vector = batch.column(column.field().getName());
      column.reserve(rings.slotCount());
      column.load(vector, batch.rows());
      if (scan.keep() == Keep.VALUES) {
        column.fill(slots, batch.rows(), scan.ahead());
      } else {
        column.shift(slots, batch.rows(), scan.ahead());
      }
      column.settle(vector, slots, batch.rows());
    }
    rows += batch.rows();
    if (scan.ahead()) {
      endUnit();
    }
  }

  /** Makes entries of what the rings hold. */
  private void endUnit() {
    for (int g = 0; rows > 0 && g < rings.groups().size(); g++) {
      int group = scan.by().isEmpty() ? 0 : groups.add(rings.groups().table(), g);
      for (int i = 0; i < rings.filled(g); i++) {
        int slot = rings.slot(g, i);
        int entry = entryGroups.size();
        entryGroups.add(group);
        for (int c = 0; c < columns.size(); c++) {
          RingColumn from = ringColumns.get(c);
          add(columns.get(c), entry, from.has[slot], from.words[slot], from);
        }
      }
    }
    unitEnds.add(entryGroups.size());
    unitRows.add(rows);
    rows = 0;
    rings.clear();
    ringColumns.forEach(RingColumn::clear);
  }

  private static void add(Column to, int entry, boolean has, long word, RingColumn from) {
    to.has.set(entry, has);
    to.words.add(has && from.isText() ? to.texts.add(from.texts(), (int) word) : word);
  }

  /** Ends the split of a state that has observed one. */
  private void endSplit() {
    if (!scan.ahead() && unitEnds.size() == 0) {
      endUnit();
    }
  }

  @Override
  public void merge(Tails later) {
    later.endSplit();
    int before = entryGroups.size();
    for (int entry = 0; entry < later.entryGroups.size(); entry++) {
      int group = (int) later.entryGroups.get(entry);
      entryGroups.add(scan.by().isEmpty() ? 0 : groups.add(later.groups, group));
      for (int c = 0; c < columns.size(); c++) {
        Column to = columns.get(c);
        Column from = later.columns.get(c);
        boolean has = from.has.get(entry);
        long word = from.words.get(entry);
        to.has.set(before + entry, has);
        to.words.add(
            has && ringColumns.get(c).isText() ? to.texts.add(from.texts, (int) word) : word);
      }
    }
    for (int unit = 0; unit < later.unitEnds.size(); unit++) {
      unitEnds.add(before + later.unitEnds.get(unit));
      unitRows.add(later.unitRows.get(unit));
    }
    splitEnds.add(unitEnds.size());
  }

  @Override
  public void write(StateWriter out) {
    endSplit();
    groups.write(out);
    out.longs(entryGroups.toArray());
    for (Column column : columns) {
      out.longs(column.words.toArray());
      out.longs(column.has.toLongArray());
      column.texts.write(out);
    }
    out.longs(unitEnds.toArray());
    out.longs(unitRows.toArray());
    out.longs(splitEnds.toArray());
  }

  @Override
  public void read(StateReader in) {
    groups.read(in);
    entryGroups = new LongList(in.longs());
    for (Column column : columns) {
      column.words = new LongList(in.longs());
      column.has = BitSet.valueOf(in.longs());
      column.texts.read(in);
    }
    unitEnds = new LongList(in.longs());
    unitRows = new LongList(in.longs());
    splitEnds = new LongList(in.longs());
  }

  /** The groups of all entries. */
  KeyTable groups() {
    return groups;
  }

  Column column(int index) {
    return columns.get(index);
  }

  CarryIndex index() {
    int count = scan.by().isEmpty() ? 1 : groups.size();
    return new CarryIndex(count, entryGroups, unitEnds, scan.ahead());
  }

  /** The first unit of a split. */
  int firstUnit(long split) {
    Splits.check(split, splitEnds.size());
    return split == 0 ? 0 : (int) splitEnds.get((int) split - 1);
  }

  /** Checks that a unit of a split is of as many rows as when it was observed. */
  void check(long split, int unit, int found) {
    if (unit >= splitEnds.get((int) split) || unitRows.get(unit) != found) {
      throw Splits.changed(split, found);
    }
  }
}
