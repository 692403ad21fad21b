package dev.baton.operators.json;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Names;
import dev.baton.operators.internal.Strings;
import dev.baton.operators.io.fields.BadField;
import dev.baton.operators.io.fields.BadRecords;
import dev.baton.operators.io.fields.FieldColumn;
import dev.baton.operators.io.fields.FieldIndexer;
import dev.baton.operators.io.fields.Fields;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the values of columns in lines of JSON objects. A key that is not there, or has a null, is
 * an empty field. Lines of blanks are skipped.
 */
final class JsonIndexer implements FieldIndexer {
  private static final int MOST_FIELDS = 32 * 1024;
  private static final int MOST_ROWS = 1024;

  private final List<FieldColumn> columns;

  /** The kinds of values that a column takes, see {@link Kinds}. */
  private final int[] taken;

  private final boolean failUnknown;
  private final BadRecords bad;
  private final int width;
  private final int chunk;
  private final int[] starts;
  private final long[] index;
  private final JsonScanner scanner = new JsonScanner();
  private final Keys keys;
  private long base;
  private int position;
  private int end;

  /** The field of a column that the record at hand has not had yet. */
  private long absent;

  /** The first field of the record at hand. */
  private int first;

  /**
   * @param wanted columns whose values must be of their type
   * @param failUnknown whether a key that no column takes is an error
   * @param bad takes bad records and values; null to fail at the first
   */
  JsonIndexer(List<FieldColumn> columns, List<String> wanted, boolean failUnknown, BadRecords bad) {
    this.columns = columns;
    this.failUnknown = failUnknown;
    this.bad = bad;
    this.width = columns.size();
    this.chunk = Math.min(MOST_ROWS, Math.max(64, MOST_FIELDS / width & -64));
    this.starts = new int[chunk];
    this.index = new long[chunk * width];
    List<String> names = columns.stream().map(FieldColumn::name).toList();
    this.keys = Keys.of(names);
    this.taken = new int[width];
    for (int i = 0; i < width; i++) {
      boolean checked = bad != null || wanted.contains(names.get(i));
      taken[i] = checked ? Kinds.taken(columns.get(i).type()) : Kinds.ALL;
    }
  }

  @Override
  public void start(long address, int length) {
    base = address;
    position = 0;
    end = length;
    scanner.start(address);
    Memory.putByte(address + length, (byte) '\n');
  }

  @Override
  public boolean done() {
    return position >= end;
  }

  @Override
  public int position() {
    return Math.min(position, end);
  }

  @Override
  public long[] index() {
    return index;
  }

  @Override
  public int next() {
    int rows = 0;
    while (rows < chunk && position < end) {
      starts[rows] = position;
      first = rows * width;
      rows += (bad == null ? record() : lenient(rows)) ? 1 : 0;
    }
    return rows;
  }

  @Override
  public int recordAt(int offset, int records) {
    int found = Arrays.binarySearch(starts, 0, records, offset);
    return found >= 0 ? found : -found - 2;
  }

  @Override
  public int recordStart(int row, int records) {
    return row < records ? starts[row] : position();
  }

  /** Indexes a record, or empty fields for a broken one. */
  private boolean lenient(int row) {
    try {
      return record();
    } catch (BadField e) {
      long at = base + starts[row];
      while (Memory.getByte(at) != '\n') {
        at++;
      }
      position = (int) (at + 1 - base);
      Arrays.fill(index, first, first + width, absent);
      bad.record(row, e);
      return true;
    }
  }

  /** Indexes the record at the position; false when there is none in the line. */
  private boolean record() {
    absent = Fields.pack(position, 0);
    Arrays.fill(index, first, first + width, absent);
    long at = JsonScanner.blanks(base + position);
    byte b = Memory.getByte(at);
    if (b != '\n') {
      if (b != '{') {
        throw scanner.wrong(
            at, "expected an object but found " + JsonScanner.found(at), "write one in each line");
      }
      at = JsonScanner.blanks(object(at, keys, 1));
      if (Memory.getByte(at) != '\n') {
        throw scanner.wrong(
            at,
            "expected the end of the line after the object but found " + JsonScanner.found(at),
            "write one object in each line");
      }
    }
    position = (int) (at + 1 - base);
    return b != '\n';
  }

  private long object(long at, Keys keys, int depth) {
    scanner.checkDepth(at, depth);
    at = JsonScanner.blanks(at + 1);
    if (Memory.getByte(at) == '}') {
      return at + 1;
    }
    int expected = 0;
    while (true) {
      long name = scanner.key(at);
      int place = keys.find(name, expected);
      Key key;
      if (place >= 0) {
        key = keys.get(place);
        at = name + key.length();
        expected = place + 1;
      } else {
        at = scanner.string(name);
        key = keys.named(Strings.of(name, (int) (at - 1 - name)));
      }
      at = JsonScanner.blanks(value(scanner.colon(at), key, keys, name, depth));
      if (Memory.getByte(at) == '}') {
        return at + 1;
      }
      at = scanner.comma(at, '}');
    }
  }

  private long value(long at, Key key, Keys keys, long name, int depth) {
    int column = key.column;
    byte b = Memory.getByte(at);
    if (b == '{' && key.inner != null) {
      return object(at, key.inner, depth + 1);
    }
    long end = b == '"' ? scanner.string(at + 1) : scanner.value(at, depth);
    if (column < 0) {
      if (failUnknown && b != 'n') {
        throw unknown(keys, name);
      }
      return end;
    }
    if (index[first + column] != absent) {
      throw scanner.wrong(
          name - 1,
          "the key of column '" + columns.get(column).name() + "' is there twice",
          "keep one of them");
    }
    long field =
        b == '"' ? fieldOfString(at + 1, end - 1) : Fields.pack(at - base, b == 'n' ? 0 : end - at);
    index[first + column] = field;
    if ((Kinds.of(b, field) & taken[column]) == 0) {
      check(column, field, at, end);
    }
    return end;
  }

  private long fieldOfString(long from, long end) {
    return Fields.packQuoted(from - base, end - from, scanner.escaped());
  }

  /** Looks at a value again that is not of its column's kind. */
  private void check(int column, long field, long at, long end) {
    if ((taken[column] & Kinds.NO_NUMBER) != 0 && Kinds.isNoNumber(base, field)) {
      return;
    }
    index[first + column] = Fields.pack(at - base, 0);
    BadField e = columns.get(column).unexpected(base, Fields.pack(at - base, end - at));
    if (bad == null) {
      throw e;
    }
    bad.field(e);
  }

  private BadField unknown(Keys keys, long name) {
    long end = scanner.string(name) - 1;
    String path = keys.path(JsonFormat.unescaped(Strings.of(name, (int) (end - name))));
    return scanner.wrong(
        name - 1,
        "no column takes the key '"
            + path
            + "'"
            + Names.hint(path, columns.stream().map(FieldColumn::name).toList()),
        "declare it in 'types', raise 'sampleRows', or set unknown: ignore");
  }
}
