package dev.baton.operators.io.arrow;

import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Rows of an Arrow IPC file or stream (Feather version 2 is the file); which of the two it is shows
 * in its first bytes. Record batches are cut into slices, each of which is read by itself, so that
 * one large record batch still feeds every worker; of columns nobody wants no byte is read.
 *
 * <p>Columns keep their types, except that dictionary-encoded columns are decoded, text and binary
 * with 64-bit offsets get 32-bit ones, and columns of type null become empty text columns. A column
 * of another type that Baton cannot hold (unions, views, run-end encoding) is an error when it is
 * wanted. Compressed bodies, big-endian data and delta dictionaries are errors. Nothing in the file
 * is trusted: lengths and offsets are checked before memory is allocated or read.
 *
 * @param path the file
 * @param batchRows the most rows of a batch, 64 to 1,048,576; rounded down to a multiple of 64
 */
public record ArrowSource(Path path, int batchRows) implements Source {
  public ArrowSource {
    if (batchRows < 64 || batchRows > 1 << 20) {
      throw new IllegalArgumentException("batchRows must be 64 to 1048576 but was " + batchRows);
    }
    batchRows &= -64;
  }

  public ArrowSource(Path path) {
    this(path, 64 * 1024);
  }

  @Override
  public OpenSource open() throws IOException {
    return new OpenArrow(ArrowIndex.read(path), batchRows);
  }
}
