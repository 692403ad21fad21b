package dev.baton.operators.internal;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.TypeFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The distinct combinations of values of some key columns (text, integer or boolean), numbered from
 * 0 in the order they come. Null is a value like any other.
 *
 * <p>Each column numbers its own values; a combination is then a chain of pairs of numbers, each
 * pair numbered in turn. Any number of threads may {@link #find} in a table that nobody adds to, if
 * each brings its own scratch.
 */
public final class GroupTable {
  /** Rows that are numbered at a time. */
  public static final int BLOCK = Longs.BLOCK;

  private final List<String> names = new ArrayList<>();
  private final List<TypeFamily> types = new ArrayList<>();
  private final List<KeyTable> values = new ArrayList<>();

  /** The pairs of each column but the first: the number of what came before, and of its value. */
  private final List<KeyTable> pairs = new ArrayList<>();

  /**
   * @param fields the key columns
   */
  public GroupTable(List<Field> fields) {
    for (Field field : fields) {
      add(field.getName(), Keys.family(field));
    }
  }

  /** The table that a record describes. */
  public GroupTable(Groups groups) {
    for (Groups.Column column : groups.columns()) {
      add(column.name(), column.type());
      KeyTable known = values.get(values.size() - 1);
      for (String value : column.values()) {
        Keys.add(column.type(), known, value);
      }
      column.pairs().forEach(pair -> pairs.get(pairs.size() - 1).add((long) pair));
    }
  }

  private void add(String name, TypeFamily type) {
    names.add(name);
    types.add(type);
    values.add(new KeyTable());
    pairs.add(new KeyTable());
  }

  /** The types of columns that can be keys. */
  public static TypeFamily[] accepted() {
    return new TypeFamily[] {TypeFamily.TEXT, TypeFamily.INTEGER, TypeFamily.BOOLEAN};
  }

  /** How many combinations there are. */
  public int size() {
    return pairs.get(pairs.size() - 1).size();
  }

  /** Numbers some rows, of new combinations too, from a row that is a multiple of 64. */
  public void add(Batch batch, int first, int count, long[] scratch, int[] groups) {
    number(batch, first, count, scratch, groups, true);
  }

  /** Numbers some rows; -1 stands for a combination that has not been added. */
  public void find(Batch batch, int first, int count, long[] scratch, int[] groups) {
    number(batch, first, count, scratch, groups, false);
  }

  private void number(
      Batch batch, int first, int count, long[] scratch, int[] groups, boolean add) {
    Arrays.fill(groups, 0, count, 0);
    for (int column = 0; column < names.size(); column++) {
      FieldVector vector = batch.column(names.get(column));
      codes(vector, column, first, count, scratch, add);
      KeyTable known = pairs.get(column);
      for (int i = 0; i < count; i++) {
        long pair = (long) groups[i] << 32 | scratch[i];
        boolean unknown = groups[i] < 0 || scratch[i] < 0;
        groups[i] = unknown ? -1 : add ? known.add(pair) : known.find(pair);
      }
    }
  }

  /** The number of each value plus 1; 0 for null and -1 for a value not known. */
  private void codes(
      FieldVector vector, int column, int first, int count, long[] codes, boolean add) {
    KeyTable known = values.get(column);
    boolean text = types.get(column) == TypeFamily.TEXT;
    if (!text) {
      Longs.load(vector, first, count, codes);
    }
    for (int start = 0; start < count; start += 64) {
      long valid =
          Validity.word(Validity.address(vector), (first + start) >>> 6, vector.getValueCount());
      for (int i = start; i < Math.min(start + 64, count); i++) {
        if ((valid & 1) == 0) {
          codes[i] = 0;
        } else if (text) {
          long at = Vectors.offsets(vector) + 4L * (first + i);
          int from = Memory.getInt(at);
          int length = Memory.getInt(at + 4) - from;
          long address = Vectors.data(vector) + from;
          int number = add ? known.add(address, length) : known.find(address, length);
          codes[i] = number < 0 ? -1 : number + 1;
        } else {
          int number = add ? known.add(codes[i]) : known.find(codes[i]);
          codes[i] = number < 0 ? -1 : number + 1;
        }
        valid >>>= 1;
      }
    }
  }

  /** Adds the combinations of another table and gives the number here of each. */
  public int[] merge(GroupTable later) {
    int[] before = {0};
    for (int column = 0; column < names.size(); column++) {
      KeyTable theirs = later.values.get(column);
      int[] value = new int[theirs.size() + 1];
      for (int i = 0; i < theirs.size(); i++) {
        value[i + 1] = values.get(column).add(theirs, i) + 1;
      }
      KeyTable theirPairs = later.pairs.get(column);
      int[] after = new int[theirPairs.size()];
      for (int i = 0; i < after.length; i++) {
        long pair = theirPairs.value(i);
        after[i] =
            pairs.get(column).add((long) before[(int) (pair >>> 32)] << 32 | value[(int) pair]);
      }
      before = after;
    }
    return before;
  }

  public void write(StateWriter out) {
    values.forEach(table -> table.write(out));
    pairs.forEach(table -> table.write(out));
  }

  /** Takes over what {@link #write} wrote; for a new object. */
  public void read(StateReader in) {
    values.forEach(table -> table.read(in));
    pairs.forEach(table -> table.read(in));
  }

  /** The table as a record. */
  public Groups groups() {
    List<Groups.Column> columns = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      List<String> texts = new ArrayList<>();
      KeyTable known = values.get(column);
      for (int i = 0; i < known.size(); i++) {
        texts.add(Keys.name(types.get(column), known, i));
      }
      List<Long> chain = new ArrayList<>();
      for (int i = 0; i < pairs.get(column).size(); i++) {
        chain.add(pairs.get(column).value(i));
      }
      columns.add(new Groups.Column(names.get(column), types.get(column), texts, chain));
    }
    return new Groups(columns);
  }

  /**
   * The contents of a table.
   *
   * @param columns the values and pairs of each key column
   */
  public record Groups(List<Column> columns) {
    /**
     * A key column.
     *
     * @param name the column
     * @param type text, integer or boolean
     * @param values its values in the order of their numbers
     * @param pairs the pairs in the order of theirs
     */
    public record Column(String name, TypeFamily type, List<String> values, List<Long> pairs) {
      public Column {
        values = List.copyOf(values);
        pairs = List.copyOf(pairs);
      }
    }

    public Groups {
      columns = List.copyOf(columns);
    }
  }
}
