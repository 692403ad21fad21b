package dev.baton.operators.io.csv;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.internal.Swar;

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
final class Tokenizer {
  /** Bytes needed after the text; words may be read past its end by less than this. */
  static final int PADDING = 64;

  private static final int MOST_FIELDS = 32 * 1024;
  private static final int MOST_ROWS = 1024;
  private static final long NEWLINES = Swar.broadcast('\n');
  private static final long QUOTES = Swar.broadcast('"');

  private final int width;
  private final int chunk;
  private final byte delimiter;
  private final long delimiters;
  private long[] index = new long[0];
  private long base;
  private int position;
  private int end;

  /**
   * @param width fields of each record
   */
  Tokenizer(int width, byte delimiter) {
    this.width = width;
    this.delimiter = delimiter;
    this.delimiters = Swar.broadcast(delimiter);
    // Whole validity words, and an index that stays in the second-level cache.
    this.chunk = Math.min(MOST_ROWS, Math.max(64, MOST_FIELDS / width & -64));
  }

  /** Starts on {@code length} bytes at {@code address}, which begin with a record. */
  void start(long address, int length) {
    base = address;
    position = 0;
    end = length;
    Memory.fill(address + length, PADDING, (byte) '"');
    Memory.putByte(address + length, (byte) '\n');
    // Every field ends with a byte of its own, so there are no more fields than bytes.
    int needed = (int) Math.min((long) chunk * width, length + 1L) + width;
    if (index.length < needed) {
      index = new long[needed];
    }
  }

  boolean done() {
    return position >= end;
  }

  /** Where the next record starts, in bytes from the start of the text. */
  int position() {
    return Math.min(position, end);
  }

  /** The fields found by the last {@link #next}, record by record; see {@link Fields}. */
  long[] index() {
    return index;
  }

  /**
   * Indexes the next records: as many as make a chunk, a multiple of 64, or what is left.
   *
   * @return how many; zero only at the end
   * @throws BadField at a record that is malformed or has not as many fields as there are columns
   */
  int next() {
    int rows = 0;
    while (rows < chunk && position < end) {
      int from = position;
      int fields = record(rows * width);
      if (fields == width) {
        rows++;
      } else if (fields != 1 || (int) index[rows * width] != 0) {
        throw new BadField(
            from,
            -1,
            "expected "
                + width
                + (width == 1 ? " field" : " fields")
                + " but found "
                + count(from)
                + "; put a field that contains the delimiter or a line end in quotes, and check"
                + " 'delimiter'");
      }
    }
    return rows;
  }

  /** Indexes the record at the position; returns its number of fields, or one more than allowed. */
  int record(int first) {
    long[] index = this.index;
    long base = this.base;
    long at = base + position;
    int n = first;
    int most = first + width;
    while (true) {
      if (Memory.getByte(at) == '"') {
        at = quoted(at, n, n - first);
      } else {
        long start = at;
        long hit;
        while ((hit = hit(Memory.getLong(at))) == 0) {
          at += 8;
        }
        at += Swar.first(hit);
        index[n] = Fields.pack(start - base, at - start);
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
    position = (int) (at + 1 - base);
    long last = index[n - 1];
    if (!Fields.quoted(last) && Fields.length(last) > 0 && Memory.getByte(at - 1) == '\r') {
      index[n - 1] = last - 1;
    }
    return n - first;
  }

  private long hit(long word) {
    return Swar.match(word, delimiters) | Swar.match(word, NEWLINES);
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
        throw new BadField(
            (int) (at - base), column, "the quote that opens this field is never closed");
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
      throw new BadField(
          (int) (at - base),
          column,
          "expected a delimiter or the end of the line after the closing quote but found '"
              + (char) (next & 0xFF)
              + "'; write a quote inside a quoted field twice");
    }
    return p;
  }

  /** Counts the fields of a record that has too many or too few, quotes respected. */
  private int count(int from) {
    int fields = 1;
    boolean inside = false;
    boolean fieldStart = true;
    for (long at = base + from; at < base + end; at++) {
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
    return fields;
  }
}
