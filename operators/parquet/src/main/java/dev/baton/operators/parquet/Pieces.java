package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.source.Encoded;
import org.apache.arrow.memory.ArrowBuf;

/**
 * A batch on its way from a worker to the file: for each run of at most {@link #MOST_ROWS} rows a
 * piece of every column, which becomes a page.
 *
 * <pre>
 *  0  bytes of this piece
 *  4  the encoding of the page, by its number in Parquet; all but indices are finished pages
 *  8  rows
 * 12  rows that have a value
 * 16  bytes of the least value, -1 when it is not known
 * 20  bytes of the greatest
 * 24  bytes of the page before it was packed, or how many values the dictionary has
 * 28  checksum of the page, or bytes of the levels
 * 32  bytes of the dictionary
 * 36  the least and the greatest value, then
 *     the packed page, or levels, dictionary (values as in PLAIN), indices of two bytes into it
 * </pre>
 *
 * The dictionaries of pieces become one for each row group when they are committed: so workers do
 * the searching, and what is left in sequence is small.
 */
record Pieces(ArrowBuf buffer, long bytes) implements Encoded {
  static final int MOST_ROWS = 1 << 14;

  static final int ENCODING = 4;
  static final int ROWS = 8;
  static final int PRESENT = 12;
  static final int LEAST = 16;
  static final int GREATEST = 20;
  static final int SIZE = 24;
  static final int CHECK = 28;
  static final int LEVELS = 28;
  static final int DICTIONARY = 32;
  static final int HEADER = 36;

  @Override
  public void writeTo(long address) {
    Memory.copy(buffer.memoryAddress(), address, bytes);
  }

  @Override
  public void close() {
    buffer.close();
  }
}
