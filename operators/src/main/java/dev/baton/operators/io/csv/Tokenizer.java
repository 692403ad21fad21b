package dev.baton.operators.io.csv;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.Swar;
import dev.baton.operators.io.fields.BadField;
import dev.baton.operators.io.fields.BadRecords;
import dev.baton.operators.io.fields.FieldIndexer;
import dev.baton.operators.io.fields.Fields;
import java.util.Arrays;

/**
 * Finds the fields of CSV records in memory, a chunk of records at a time, and writes them into an
 * index that column readers then go through column by column.
 *
 * <p>A quote opens a quoted field only as its first character and is an ordinary character
 * elsewhere. Records end with LF or CRLF, the last one possibly with nothing. Lines without any
 * character are skipped, unless there is one column: then each is a record with an empty field.
 *
 * <p>The text is followed by {@link #PADDING} bytes that {@link #start} writes: a newline and
 * quotes, so that no search needs to test for the end.
 */
final class Tokenizer implements FieldIndexer {
  private static final int MOST_FIELDS = 32 * 1024;
  private static final int MOST_ROWS = 1024;
  private static final long BLOCK = 64;
  private static final long NOWHERE = -1;
  private static final long NEWLINES = Swar.broadcast('\n');
  private static final long QUOTES = Swar.broadcast('"');

  private final int width;
  private final int chunk;
  private final byte delimiter;
  private final long delimiters;
  private final BadRecords bad;

  /** Where the records of the chunk start, if they may be bad; else null. */
  private final int[] starts;

  private long[] index = new long[0];
  private long base;
  private int position;
  private int end;
  private int skimmed;

  /**
   * A block of 64 bytes, counted from {@link #base}, and a bit for each delimiter and newline in it
   * that is not passed yet, if {@link #next} is where the next record starts.
   */
  private long block;

  private long hits;
  private long next;

  /**
   * @param width fields of each record
   * @param bad takes the records that cannot be split, which become records of empty fields; null
   *     to fail at the first
   */
  Tokenizer(int width, byte delimiter, BadRecords bad) {
    this.width = width;
    this.bad = bad;
    this.delimiter = delimiter;
    this.delimiters = Swar.broadcast(delimiter);
    // Whole validity words, and an index that stays in the second-level cache.
    this.chunk = Math.min(MOST_ROWS, Math.max(64, MOST_FIELDS / width & -64));
    this.starts = bad == null ? null : new int[chunk];
  }

  @Override
  public void start(long address, int length) {
    base = address;
    position = 0;
    end = length;
    block = NOWHERE;
    next = NOWHERE;
    Memory.fill(address + length, PADDING, (byte) '"');
    Memory.putByte(address + length, (byte) '\n');
    // Every field ends with a byte of its own, so there are no more fields than bytes.
    int fields = chunk * width;
    int needed = (bad == null ? Math.min(fields, length + 1) : fields) + width;
    if (index.length < needed) {
      index = new long[needed];
    }
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
    return bad == null ? strict() : lenient();
  }

  private int strict() {
    int rows = 0;
    while (rows < chunk && position < end) {
      int from = position;
      int fields = record(rows * width);
      if (fields == width) {
        rows++;
      } else if (fields != 1 || (int) index[rows * width] != 0) {
        throw wrongCount(from);
      }
    }
    return rows;
  }

  private int lenient() {
    int rows = 0;
    while (rows < chunk && position < end) {
      int from = position;
      BadField broken = null;
      try {
        int fields = record(rows * width);
        if (fields == 1 && width > 1 && (int) index[rows * width] == 0) {
          continue;
        }
        broken = fields == width ? null : wrongCount(from);
      } catch (BadField e) {
        broken = e;
      }
      starts[rows] = from;
      if (broken != null) {
        replace(rows, from, broken);
      }
      rows++;
    }
    return rows;
  }

  private BadField wrongCount(int from) {
    return BadField.record(
        from,
        -1,
        "expected " + width + (width == 1 ? " field" : " fields") + " but found " + skim(from),
        "put a field that contains the delimiter or a line end in quotes, and check 'delimiter'");
  }

  /** Puts a record of empty fields in the place of a broken one. */
  private void replace(int row, int from, BadField broken) {
    skim(from);
    position = skimmed;
    Arrays.fill(index, row * width, (row + 1) * width, Fields.pack(from, 0));
    bad.record(row, broken);
  }

  @Override
  public int recordAt(int offset, int records) {
    int found = Arrays.binarySearch(starts, 0, records, offset);
    return found >= 0 ? found : -found - 2;
  }

  @Override
  public int recordStart(int row, int records) {
    if (row == records) {
      return position();
    }
    if (starts != null) {
      return starts[row];
    }
    long first = index[row * width];
    return Fields.start(first) - (Fields.quoted(first) ? 1 : 0);
  }

  /** Indexes the record at the position; returns its number of fields, or one more than allowed. */
  int record(int first) {
    long[] index = this.index;
    long base = this.base;
    long at = base + position;
    long block = this.block;
    long hits = this.hits;
    boolean stale = at != next;
    next = NOWHERE;
    int n = first;
    int most = first + width;
    while (true) {
      if (Memory.getByte(at) == '"') {
        at = quoted(at, n, n - first);
        stale = true;
      } else {
        if (stale) {
          long of = base + (at - base & -BLOCK);
          hits = (of == block ? hits : hits(of)) & -1L << at - of;
          block = of;
          stale = false;
        }
        while (hits == 0) {
          block += BLOCK;
          hits = hits(block);
        }
        long ends = block + Long.numberOfTrailingZeros(hits);
        hits &= hits - 1;
        index[n] = Fields.pack(at - base, ends - at);
        at = ends;
      }
      n++;
      if (Memory.getByte(at) != delimiter) {
        break;
      }
      if (n == most) {
        return width + 1;
      }
      at++;
    }
    if (!stale) {
      this.block = block;
      this.hits = hits;
      next = at + 1;
    }
    position = (int) (at + 1 - base);
    long last = index[n - 1];
    if (!Fields.quoted(last) && Fields.length(last) > 0 && Memory.getByte(at - 1) == '\r') {
      index[n - 1] = last - 1;
    }
    return n - first;
  }

  /** A bit for each of the 64 bytes at an address that is a delimiter or a newline. */
  private long hits(long at) {
    long bits = 0;
    for (int i = 0; i < BLOCK; i += 8) {
      long word = Memory.getLong(at + i);
      bits |= Swar.bits(Swar.matches(word, delimiters) | Swar.matches(word, NEWLINES)) << i;
    }
    return bits;
  }

  /** Indexes the quoted field at {@code at}; returns the address of what ends it. */
  private long quoted(long at, int n, int column) {
    long start = at + 1;
    long last = base + end;
    long p = start;
    boolean escaped = false;
    while (true) {
      long hit;
      while ((hit = Swar.match(Memory.getLong(p), QUOTES)) == 0) {
        p += 8;
      }
      p += Swar.first(hit);
      if (p >= last) {
        throw BadField.record(
            (int) (at - base), column, "the quote that opens this field is never closed", "");
      }
      if (Memory.getByte(p + 1) != '"') {
        break;
      }
      escaped = true;
      p += 2;
    }
    index[n] = Fields.packQuoted(start - base, p - start, escaped);
    byte next = Memory.getByte(++p);
    if (next == '\r' && Memory.getByte(p + 1) == '\n') {
      return p + 1;
    }
    if (next != delimiter && next != '\n') {
      throw BadField.record(
          (int) (at - base),
          column,
          "expected a delimiter or the end of the line after the closing quote but found '"
              + (char) (next & 0xFF)
              + "'",
          "write a quote inside a quoted field twice");
    }
    return p;
  }

  /**
   * Counts the fields of a broken record, quotes respected, and finds its end as {@link
   * RecordSearch} does.
   */
  private int skim(int from) {
    int fields = 1;
    boolean inside = false;
    boolean fieldStart = true;
    long at = base + from;
    for (; at < base + end; at++) {
      byte b = Memory.getByte(at);
      if (b == '"' && (inside || fieldStart)) {
        inside = !inside;
        fieldStart = !inside;
        continue;
      }
      if (!inside && b == '\n') {
        break;
      }
      fieldStart = !inside && b == delimiter;
      fields += fieldStart ? 1 : 0;
    }
    skimmed = (int) Math.min(at + 1 - base, end);
    return fields;
  }
}
