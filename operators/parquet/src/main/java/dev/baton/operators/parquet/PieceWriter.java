package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.operators.internal.KeyTable;
import java.io.IOException;
import java.util.zip.CRC32;
import org.apache.arrow.vector.FieldVector;

/** Writes pieces of one column: {@link Pieces} shows what they look like. */
abstract class PieceWriter {
  /** A dictionary must save at least half of the values; what the first ones say is believed. */
  private static final int SAMPLE = 512;

  private static final int MOST_RANGE_BYTES = 128;

  final WrittenColumn column;

  /** The page that is being made, before it is packed. */
  final GrowingBuffer body;

  private final Codec codec;
  private final CRC32 checksum = new CRC32();

  /** Indices of the values of the present piece, and the values. */
  private final short[] indices = new short[Pieces.MOST_ROWS];

  private KeyTable keys;

  PieceWriter(WrittenColumn column, Codec codec, GrowingBuffer body) {
    this.column = column;
    this.codec = codec;
    this.body = body;
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
    int kind = index(present) ? Pieces.INDICES : Pieces.PAGE;
    int rangeAt = out.used();
    int least = kind == Pieces.INDICES ? keyRange(keys, out) : range(present, out);
    put(out, start, Pieces.KIND, kind);
    put(out, start, Pieces.ROWS, rows);
    put(out, start, Pieces.PRESENT, present);
    put(out, start, Pieces.LEAST, least);
    put(out, start, Pieces.GREATEST, out.used() - rangeAt - Math.max(0, least));
    if (kind == Pieces.INDICES) {
      put(out, start, Pieces.SIZE, keys.size());
      put(out, start, Pieces.LEVELS, levels);
      out.append(body.address(), levels);
      int dictionaryAt = out.used();
      for (int i = 0; i < keys.size(); i++) {
        DictionaryValues.append(keys, i, column, out);
      }
      put(out, start, Pieces.DICTIONARY, out.used() - dictionaryAt);
      long to = out.room(2L * present);
      for (int i = 0; i < present; i++) {
        Memory.putShort(to + 2L * i, indices[i]);
      }
      out.advance(2L * present);
    } else {
      plain(present);
      put(out, start, Pieces.SIZE, body.used());
      int page = codec.pack(body.address(), body.used(), out);
      checksum.reset();
      checksum.update(out.buffer().nioBuffer((long) out.used() - page, page));
      put(out, start, Pieces.CHECK, (int) checksum.getValue());
      put(out, start, Pieces.DICTIONARY, 0);
    }
    put(out, start, 0, out.used() - start);
    keys = null;
  }

  private static void put(GrowingBuffer out, int start, int field, int value) {
    Memory.putInt(out.address() + start + field, value);
  }

  /** Numbers the values, unless most of them are different. */
  private boolean index(int present) {
    if (!hasKeys()) {
      return false;
    }
    keys = new KeyTable();
    for (int done = 0; done < present; done += SAMPLE) {
      int end = Math.min(present, done + SAMPLE);
      addKeys(keys, done, end, indices);
      if (4 * keys.size() > 3 * end && end < present) {
        return false;
      }
    }
    return 2 * keys.size() <= present;
  }

  private int keyRange(KeyTable keys, GrowingBuffer out) throws CorruptException {
    if (keys.size() == 0) {
      return -1;
    }
    return keysRange(keys, out);
  }

  /** Appends least and greatest, and returns the length of the first; -1 when too long. */
  static int appendRange(long least, int leastBytes, long most, int mostBytes, GrowingBuffer out)
      throws CorruptException {
    if (leastBytes > MOST_RANGE_BYTES || mostBytes > MOST_RANGE_BYTES) {
      return -1;
    }
    out.append(least, leastBytes);
    out.append(most, mostBytes);
    return leastBytes;
  }

  /** Starts on a run of rows; the levels are in the body already. */
  abstract void bind(FieldVector vector, long bitmap, int first, int rows, int present)
      throws IOException;

  /** Whether there can be a dictionary. */
  abstract boolean hasKeys();

  /** Adds values {@code from} to {@code to} of those present and notes their numbers. */
  abstract void addKeys(KeyTable keys, int from, int to, short[] numbers);

  /** Appends least and greatest of the keys; returns the bytes of the first, or -1 for neither. */
  abstract int keysRange(KeyTable keys, GrowingBuffer out) throws CorruptException;

  /** The same of all values present. */
  abstract int range(int present, GrowingBuffer out) throws CorruptException;

  /** Puts the values present behind the levels in the body. */
  abstract void plain(int present) throws CorruptException;
}
