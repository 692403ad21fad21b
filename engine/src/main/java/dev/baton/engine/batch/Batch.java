package dev.baton.engine.batch;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.TransferPair;

/**
 * A record batch with one owner: named Arrow columns of equal length, held off-heap.
 *
 * <p><b>Ownership.</b> Whoever receives a batch closes it; a batch passed as an argument is only
 * borrowed. A {@link dev.baton.engine.operator.Kernel} edits the batch that the runner lends it:
 * columns it does not touch simply stay, and what it puts in belongs to the batch from then on. If
 * a kernel throws, the runner closes the batch; the kernel closes only the column it was building.
 *
 * <p><b>Sharing.</b> {@link #share} makes a second batch over the same memory. Memory that a second
 * batch may see must not be written: {@link #exclusive} says whether a kernel may work in place.
 *
 * <p>Confined to one thread at a time. Column names are unique. Rows and columns count from 0.
 */
public final class Batch implements AutoCloseable {
  private final List<FieldVector> columns;
  private final List<Boolean> exclusive;
  private final ColumnIndex index = new ColumnIndex();
  private IdentityHashMap<FieldVector, Object> notes;
  private int rows;
  private BadRows bad;

  private Batch(List<FieldVector> columns, List<Boolean> exclusive, int rows) {
    this.columns = columns;
    this.exclusive = exclusive;
    this.rows = rows;
  }

  /** A batch that owns {@code columns}, each of exactly {@code rows} values. */
  public static Batch of(int rows, List<? extends FieldVector> columns) {
    Batch batch = new Batch(new ArrayList<>(), new ArrayList<>(), rows);
    for (FieldVector column : columns) {
      batch.put(column);
    }
    return batch;
  }

  public int rows() {
    return rows;
  }

  /** What was wrong with rows that it was made from, or null. */
  public BadRows bad() {
    return bad;
  }

  /** Says what was wrong with rows that it was made from; null for nothing. */
  public void bad(BadRows found) {
    bad = found;
  }

  public int width() {
    return columns.size();
  }

  public FieldVector column(int position) {
    return columns.get(position);
  }

  /**
   * The column of that name, still owned by this batch.
   *
   * @throws IllegalArgumentException naming the nearest column
   */
  public FieldVector column(String name) {
    int position = position(name);
    if (position < 0) {
      throw new IllegalArgumentException("no column '" + name + "'" + Names.hint(name, names()));
    }
    return columns.get(position);
  }

  public boolean has(String name) {
    return position(name) >= 0;
  }

  public List<String> names() {
    return List.copyOf(index.names());
  }

  public Schema schema() {
    return new Schema(columns.stream().map(FieldVector::getField).toList());
  }

  /**
   * Whether nothing else can see the memory of that column, so that it may be written: whoever asks
   * may do so, and what was noted about it is forgotten.
   */
  public boolean exclusive(String name) {
    int position = position(name);
    forget(columns.get(position));
    return exclusive.get(position);
  }

  /**
   * Notes what an observer has found out about a column, in place of what was noted before, so that
   * another one which sees the same values need not find it out again.
   */
  public void note(FieldVector column, Object what) {
    if (notes == null) {
      notes = new IdentityHashMap<>();
    }
    notes.put(column, what);
  }

  private void forget(FieldVector column) {
    if (notes != null) {
      notes.remove(column);
    }
  }

  /** What was noted about a column that nothing can have changed since, or null. */
  public Object noted(FieldVector column) {
    return notes == null ? null : notes.get(column);
  }

  /** Says that the memory of a column must not be written, as if another batch could see it. */
  public void readOnly(String name) {
    exclusive.set(position(name), false);
  }

  /**
   * Adds a column at the end, or replaces (and closes) the column of the same name in its place.
   */
  public void put(FieldVector column) {
    if (column.getValueCount() != rows) {
      throw new IllegalArgumentException(
          String.format(
              "column '%s' has %d values but the batch has %d rows",
              column.getName(), column.getValueCount(), rows));
    }
    int position = position(column.getName());
    forget(column);
    if (position >= 0) {
      FieldVector old = columns.set(position, column);
      exclusive.set(position, true);
      if (old != column) {
        forget(old);
        old.close();
      }
    } else {
      columns.add(column);
      index.add(column.getName());
      exclusive.add(true);
    }
  }

  /** Removes and closes that column; does nothing when there is none. */
  public void drop(String name) {
    int position = position(name);
    if (position >= 0) {
      FieldVector old = columns.remove(position);
      forget(old);
      old.close();
      index.remove(position);
      exclusive.remove(position);
    }
  }

  /** Gives a column another name in its place, dropping any other column that had it. */
  public void rename(String from, String to) {
    if (!has(from) || from.equals(to)) {
      return;
    }
    drop(to);
    notes = null;
    int position = position(from);
    columns.set(position, renamed(columns.get(position), to));
    index.set(position, to);
  }

  /**
   * Keeps exactly these columns, in this order, and closes the others; absent names are ignored.
   */
  public void retain(List<String> names) {
    notes = null;
    List<FieldVector> kept = new ArrayList<>(names.size());
    List<Boolean> keptExclusive = new ArrayList<>(names.size());
    for (String name : names) {
      int position = position(name);
      if (position >= 0) {
        kept.add(columns.set(position, null));
        keptExclusive.add(exclusive.get(position));
      }
    }
    for (FieldVector column : columns) {
      if (column != null) {
        column.close();
      }
    }
    columns.clear();
    columns.addAll(kept);
    index.clear();
    kept.forEach(column -> index.add(column.getName()));
    exclusive.clear();
    exclusive.addAll(keptExclusive);
  }

  /**
   * Keeps only the listed rows, in the listed order; a row may be listed more than once.
   *
   * @param selected row numbers, of which the first {@code count} are used
   */
  public void take(int[] selected, int count, BufferAllocator allocator) {
    notes = null;
    for (int i = 0; i < columns.size(); i++) {
      FieldVector old = columns.get(i);
      FieldVector taken = Gather.take(old, selected, count, allocator);
      columns.set(i, taken);
      exclusive.set(i, true);
      old.close();
    }
    rows = count;
  }

  /** Adds a column over the memory of another, which neither may write from now on. */
  public void share(String from, String to, BufferAllocator allocator) {
    int position = position(from);
    FieldVector column = columns.get(position);
    Field field = column.getField();
    Field copy = new Field(to, field.getFieldType(), field.getChildren());
    TransferPair pair = column.getTransferPair(copy, allocator);
    pair.splitAndTransfer(0, rows);
    put((FieldVector) pair.getTo());
    exclusive.set(position, false);
    exclusive.set(position(to), false);
  }

  /**
   * Moves columns to a batch of their own, under other names. Those that are not there are passed
   * over.
   *
   * @param names the new name of each column by the one it has
   */
  public Batch moveOut(Map<String, String> names) {
    notes = null;
    Batch moved = new Batch(new ArrayList<>(), new ArrayList<>(), rows);
    names.forEach(
        (from, to) -> {
          int position = position(from);
          if (position >= 0) {
            moved.columns.add(renamed(columns.remove(position), to));
            moved.exclusive.add(exclusive.remove(position));
            moved.index.add(to);
            index.remove(position);
          }
        });
    return moved;
  }

  /** Moves all columns of another batch to the end of this one, under other names. */
  public void moveIn(Batch other, UnaryOperator<String> names) {
    for (int i = 0; i < other.width(); i++) {
      String to = names.apply(other.index.names().get(i));
      drop(to);
      columns.add(renamed(other.columns.get(i), to));
      exclusive.add(other.exclusive.get(i));
      index.add(to);
    }
    other.notes = null;
    other.columns.clear();
    other.exclusive.clear();
    other.index.clear();
  }

  /** The same column under another name; the old one is empty then. */
  private static FieldVector renamed(FieldVector column, String to) {
    Field field = column.getField();
    Field renamed = new Field(to, field.getFieldType(), field.getChildren());
    TransferPair pair = column.getTransferPair(renamed, column.getAllocator());
    pair.transfer();
    column.close();
    return (FieldVector) pair.getTo();
  }

  /** A second batch over the same memory, which neither of the two may write from now on. */
  public Batch share(BufferAllocator allocator) {
    return slice(0, rows, allocator);
  }

  /** The same for some columns only, in the order given. */
  public Batch share(List<String> names, BufferAllocator allocator) {
    Batch shared = new Batch(new ArrayList<>(), new ArrayList<>(), rows);
    try {
      for (String name : names) {
        shared.addSlice(this, position(name), 0, rows, allocator);
      }
      return shared;
    } catch (Throwable e) {
      shared.close();
      throw e;
    }
  }

  /** {@code count} rows from {@code first}, over the same memory; both batches become read-only. */
  public Batch slice(int first, int count, BufferAllocator allocator) {
    Batch slice = new Batch(new ArrayList<>(width()), new ArrayList<>(width()), count);
    try {
      for (int i = 0; i < columns.size(); i++) {
        slice.addSlice(this, i, first, count, allocator);
      }
      return slice;
    } catch (Throwable e) {
      slice.close();
      throw e;
    }
  }

  private void addSlice(Batch from, int position, int first, int count, BufferAllocator allocator) {
    FieldVector column = from.columns.get(position);
    TransferPair pair = column.getTransferPair(column.getField(), allocator);
    try {
      pair.splitAndTransfer(first, count);
    } catch (Throwable e) {
      // Without memory for a part of it, as a shifted validity bitmap.
      pair.getTo().close();
      throw e;
    }
    columns.add((FieldVector) pair.getTo());
    index.add(column.getName());
    exclusive.add(false);
    from.exclusive.set(position, false);
  }

  /** Moves all columns to a new batch accounted to {@code allocator} and leaves this one empty. */
  public Batch transferTo(BufferAllocator allocator) {
    Batch moved = new Batch(new ArrayList<>(width()), new ArrayList<>(exclusive), rows);
    for (FieldVector column : columns) {
      TransferPair pair = column.getTransferPair(column.getField(), allocator);
      pair.transfer();
      moved.columns.add((FieldVector) pair.getTo());
      moved.index.add(column.getName());
    }
    moved.bad = bad;
    close();
    return moved;
  }

  /** Bytes of the buffers of all columns. */
  public long bytes() {
    long bytes = 0;
    for (FieldVector column : columns) {
      bytes += column.getBufferSize();
    }
    return bytes;
  }

  private int position(String name) {
    return index.position(name);
  }

  /** Releases every column. Closing twice does nothing. */
  @Override
  public void close() {
    notes = null;
    columns.forEach(FieldVector::close);
    columns.clear();
    exclusive.clear();
    index.clear();
  }

  @Override
  public String toString() {
    return rows + " rows of " + schema();
  }
}
