package dev.baton.engine.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
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
 * batch may see must not be written: a kernel that wants to work in place must {@link #askToWrite}.
 *
 * <p><b>Dictionaries.</b> A source may leave texts as numbers of texts of a {@link TextDictionary}.
 * Who makes something of each text may make it of those of the {@link #dictionary} instead; for all
 * others {@link #column} puts the texts in their place.
 *
 * <p>Confined to one thread at a time. Column names are unique. Rows and columns count from 0.
 */
public final class Batch implements AutoCloseable {
  private final List<FieldVector> columns;
  private final List<Boolean> exclusive;

  /** For each column null, or what its texts are numbers of; the column then has int32 numbers. */
  private final List<TextDictionary> dictionaries;

  private final ColumnIndex index = new ColumnIndex();
  private IdentityHashMap<FieldVector, Object> notes;
  private int rows;
  private BadRows bad;
  private Origin origin;

  private Batch(List<FieldVector> columns, List<Boolean> exclusive, int rows) {
    this.columns = columns;
    this.exclusive = exclusive;
    this.dictionaries = new ArrayList<>(Collections.nCopies(columns.size(), null));
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

  /** Where its rows came from, or null when nobody has said. */
  public Origin origin() {
    return origin;
  }

  /** Says where its rows came from; null for nothing. */
  public void origin(Origin of) {
    origin = of;
  }

  public int width() {
    return columns.size();
  }

  /** The column at that position, still owned by this batch. */
  public FieldVector column(int position) {
    if (dictionaries.get(position) != null) {
      decode(position);
    }
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
    return column(position);
  }

  /** The dictionary of a text column that still is as it came out of a file, or null. */
  public TextDictionary dictionary(String name) {
    int position = position(name);
    return position < 0 ? null : dictionaries.get(position);
  }

  /**
   * The numbers, in its {@link #dictionary}, of the texts of a column that has one; still owned by
   * this batch, and only until {@link #column} turns them into texts.
   */
  public IntVector numbers(String name) {
    int position = position(name);
    if (dictionary(name) == null) {
      throw new IllegalArgumentException("column '" + name + "' has no dictionary");
    }
    return (IntVector) columns.get(position);
  }

  private void decode(int position) {
    TextDictionary dictionary = dictionaries.get(position);
    IntVector numbers = (IntVector) columns.get(position);
    columns.set(position, dictionary.decode(numbers));
    dictionaries.set(position, null);
    numbers.close();
    dictionary.close();
  }

  /** Turns all columns that have a dictionary into plain ones. */
  public void decode() {
    for (int i = 0; i < columns.size(); i++) {
      column(i);
    }
  }

  public boolean has(String name) {
    return position(name) >= 0;
  }

  public List<String> names() {
    return List.copyOf(index.names());
  }

  public Schema schema() {
    List<Field> fields = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      Field field = columns.get(i).getField();
      fields.add(dictionaries.get(i) == null ? field : Types.field(field.getName(), Types.UTF8));
    }
    return new Schema(fields);
  }

  /**
   * Asks to write in the memory of a column. True when nothing else can see it; what was
   * {@linkplain #note noted} about the column is forgotten then, for the values will be others.
   */
  public boolean askToWrite(String name) {
    int position = position(name);
    if (!exclusive.get(position)) {
      return false;
    }
    forget(columns.get(position));
    return true;
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
      letGo(dictionaries.set(position, null));
      if (old != column) {
        forget(old);
        old.close();
      }
    } else {
      columns.add(column);
      index.add(column.getName());
      exclusive.add(true);
      dictionaries.add(null);
    }
  }

  /**
   * The same for a text column whose rows have texts of a dictionary. To whom asks for the column
   * it looks like any other: it becomes one then.
   *
   * @param numbers the numbers of the texts, with the name of the column; a null has the number of
   *     any text
   * @param dictionary not empty; the batch becomes a holder of it
   */
  public void put(IntVector numbers, TextDictionary dictionary) {
    put(numbers);
    dictionaries.set(position(numbers.getName()), dictionary.retain());
  }

  private static void letGo(TextDictionary dictionary) {
    if (dictionary != null) {
      dictionary.close();
    }
  }

  /** Removes and closes that column; does nothing when there is none. */
  public void drop(String name) {
    int position = position(name);
    if (position >= 0) {
      FieldVector old = columns.remove(position);
      forget(old);
      old.close();
      letGo(dictionaries.remove(position));
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
    columns.set(position, renamed(column(position), to));
    index.set(position, to);
  }

  /**
   * Keeps exactly these columns, in this order, and closes the others; absent names are ignored.
   */
  public void retain(List<String> names) {
    notes = null;
    List<FieldVector> kept = new ArrayList<>(names.size());
    List<Boolean> keptExclusive = new ArrayList<>(names.size());
    List<TextDictionary> keptDictionaries = new ArrayList<>(names.size());
    for (String name : names) {
      int position = position(name);
      if (position >= 0) {
        kept.add(columns.set(position, null));
        keptExclusive.add(exclusive.get(position));
        keptDictionaries.add(dictionaries.set(position, null));
      }
    }
    dictionaries.forEach(Batch::letGo);
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
    dictionaries.clear();
    dictionaries.addAll(keptDictionaries);
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
    origin = origin == null ? null : origin.take(selected, count);
    rows = count;
  }

  /** Adds a column over the memory of another, which neither may write from now on. */
  public void share(String from, String to, BufferAllocator allocator) {
    int position = position(from);
    FieldVector column = column(position);
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
            moved.columns.add(renamed(column(position), to));
            columns.remove(position);
            moved.exclusive.add(exclusive.remove(position));
            moved.dictionaries.add(dictionaries.remove(position));
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
      columns.add(renamed(other.column(i), to));
      exclusive.add(other.exclusive.get(i));
      dictionaries.add(null);
      index.add(to);
    }
    other.notes = null;
    other.columns.clear();
    other.exclusive.clear();
    other.dictionaries.clear();
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
    Batch shared = slice(0, rows, allocator);
    shared.origin = origin;
    return shared;
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

  /**
   * {@code count} rows from {@code first}, over the same memory; both batches become read-only. It
   * has no {@link #origin}.
   */
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
    FieldVector column = from.column(position);
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
    dictionaries.add(null);
    from.exclusive.set(position, false);
  }

  /** Moves all columns to a new batch accounted to {@code allocator} and leaves this one empty. */
  public Batch transferTo(BufferAllocator allocator) {
    decode();
    Batch moved = new Batch(new ArrayList<>(width()), new ArrayList<>(exclusive), rows);
    for (FieldVector column : columns) {
      TransferPair pair = column.getTransferPair(column.getField(), allocator);
      pair.transfer();
      moved.columns.add((FieldVector) pair.getTo());
      moved.index.add(column.getName());
      moved.dictionaries.add(null);
    }
    moved.bad = bad;
    moved.origin = origin;
    close();
    return moved;
  }

  /** Bytes of the buffers of all columns; of one with a dictionary those of the numbers. */
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
    dictionaries.forEach(Batch::letGo);
    dictionaries.clear();
    index.clear();
  }

  @Override
  public String toString() {
    return rows + " rows of " + schema();
  }
}
