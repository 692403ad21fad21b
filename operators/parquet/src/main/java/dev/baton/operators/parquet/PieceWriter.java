package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import java.io.IOException;
import java.util.zip.CRC32;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.format.Encoding;

/** Writes pieces of one column: {@link Pieces} shows what they look like. */
abstract class PieceWriter {
  /**
   * A dictionary must save at least half of the values; what the first ones say is believed, which
   * are more different than all.
   */
  private static final int SAMPLE = 512;

  final WrittenColumn column;

  /** The page that is being made, before it is packed. */
  final GrowingBuffer body;

  /** The distinct values of the present piece; all writers of an encoder share it. */
  final DictionaryKeys keys;

  /** The number of each value present. */
  final int[] numbers;

  final DeltaWriter deltas;

  private final Codec codec;
  private final CRC32 checksum = new CRC32();

  PieceWriter(WrittenColumn column, Scratch scratch) {
    this.column = column;
    this.codec = scratch.codec;
    this.body = scratch.body;
    this.keys = scratch.keys;
    this.numbers = scratch.numbers;
    this.deltas = scratch.deltas;
  }

  /** What all writers of an encoder use, one after the other. */
  static final class Scratch implements AutoCloseable {
    private final Codec codec;
    private final GrowingBuffer body;
    private final DictionaryKeys keys = new DictionaryKeys(false);
    private final int[] numbers = new int[Pieces.MOST_ROWS];
    private final DeltaWriter deltas = new DeltaWriter();

    Scratch(Codec codec, BufferAllocator allocator) {
      this.codec = codec;
      this.body = new GrowingBuffer(allocator, 64 * 1024);
    }

    @Override
    public void close() {
      body.close();
    }
  }

  /** Appends the piece of so many rows from a multiple of {@link Pieces#MOST_ROWS}. */
  final void write(FieldVector vector, int first, int rows, GrowingBuffer out) throws IOException {
    int start = out.used();
    long bitmap = Validity.address(vector) + (first >>> 3);
    int present = rows - Validity.nulls(bitmap, rows);
    out.room(Pieces.HEADER);
    out.advance(Pieces.HEADER);
    body.clear();
    int levels = Levels.write(bitmap, rows, present, body);
    bind(vector, bitmap, first, rows, present);
    boolean isIndexed = index(present);
    int rangeAt = out.used();
    int least = isIndexed ? keyRange(out) : range(present, out);
    Encoding encoding = isIndexed ? Encoding.RLE_DICTIONARY : values(present);
    put(out, start, Pieces.ENCODING, encoding.getValue());
    put(out, start, Pieces.ROWS, rows);
    put(out, start, Pieces.PRESENT, present);
    put(out, start, Pieces.LEAST, least);
    put(out, start, Pieces.GREATEST, out.used() - rangeAt - Math.max(0, least));
    if (isIndexed) {
      put(out, start, Pieces.SIZE, keys.size());
      put(out, start, Pieces.LEVELS, levels);
      out.append(body.address(), levels);
      int dictionaryAt = out.used();
      appendKeys(out);
      put(out, start, Pieces.DICTIONARY, out.used() - dictionaryAt);
      long to = out.room(2L * present);
      for (int i = 0; i < present; i++) {
        Memory.putShort(to + 2L * i, (short) numbers[i]);
      }
      out.advance(2L * present);
    } else {
      put(out, start, Pieces.SIZE, body.used());
      int page = codec.pack(body.address(), body.used(), out);
      checksum.reset();
      checksum.update(out.bytes(out.used() - page, page));
      put(out, start, Pieces.CHECK, (int) checksum.getValue());
      put(out, start, Pieces.DICTIONARY, 0);
    }
    put(out, start, 0, out.used() - start);
  }

  private static void put(GrowingBuffer out, int start, int field, int value) {
    Memory.putInt(out.address() + start + field, value);
  }

  /** Numbers the values, unless most of them are different. */
  private boolean index(int present) {
    if (!hasKeys()) {
      return false;
    }
    keys.clear();
    for (int done = 0; done < present; done += SAMPLE) {
      int end = Math.min(present, done + SAMPLE);
      addKeys(done, end);
      if (16 * keys.size() > mostDifferent() * end && end < present) {
        return false;
      }
    }
    return 2 * keys.size() <= present;
  }

  private int keyRange(GrowingBuffer out) throws CorruptException {
    return keys.size() == 0 ? -1 : keysRange(out);
  }

  /** Appends least and greatest, cut where they are long; returns the bytes of the first, or -1. */
  final int appendRange(long least, int leastBytes, long most, int mostBytes, GrowingBuffer out)
      throws CorruptException {
    boolean text = column.logical() != null;
    int length = LongBounds.least(least, leastBytes, text, out);
    if (LongBounds.greatest(most, mostBytes, text, out) < 0) {
      // One without the other is of no use.
      out.advance(-length);
      return -1;
    }
    return length;
  }

  /** Starts on a run of rows; the levels are in the body already. */
  abstract void bind(FieldVector vector, long bitmap, int first, int rows, int present)
      throws IOException;

  /** Whether there can be a dictionary. */
  abstract boolean hasKeys();

  /**
   * How many sixteenths of the first values may be different for a dictionary to pay; fewer where
   * values are small without one.
   */
  abstract int mostDifferent();

  /** Adds values {@code from} to {@code to} of those present and notes their numbers. */
  abstract void addKeys(int from, int to);

  /** Appends the keys, as in a PLAIN page. */
  abstract void appendKeys(GrowingBuffer out) throws CorruptException;

  /** Appends least and greatest of the keys; returns the bytes of the first, or -1 for neither. */
  abstract int keysRange(GrowingBuffer out) throws CorruptException;

  /** The same of all values present. */
  abstract int range(int present, GrowingBuffer out) throws CorruptException;

  /** Puts the values present behind the levels in the body, and returns how. */
  abstract Encoding values(int present) throws CorruptException;
}
