package dev.baton.operators.io.arrow;

import dev.baton.engine.source.OpenSource;
import dev.baton.operators.io.files.FileSource;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Rows of an Arrow IPC file or stream (Feather version 2 is the file); which of the two it is shows
 * in its first bytes. Record batches are cut into slices, each of which is read by itself, so that
 * one large record batch still feeds every worker; of columns nobody wants no byte is read.
 *
 * <p>With {@code map} numbers and text of uncompressed files are not copied: their columns point
 * into the file, and are read-only. Before each batch the file must be as it was when it was
 * opened, and one that is made shorter while a batch is worked on is an error too; what is written
 * over while a batch is worked on can give wrong values, which without {@code map} it cannot.
 *
 * <p>Columns keep their types, except that dictionary-encoded columns are decoded, text and binary
 * with 64-bit offsets get 32-bit ones, and columns of type null become empty text columns. A column
 * of another type that Baton cannot hold (unions, views, run-end encoding) is an error when it is
 * wanted. Big-endian data and delta dictionaries are errors. A compressed record batch (lz4, zstd)
 * is unpacked as a whole by one worker. Nothing in the file is trusted: lengths and offsets are
 * checked before memory is allocated or read.
 *
 * @param path the file, folder or pattern, see {@link FileSource}
 * @param batchRows the most rows of a batch, 64 to 1,048,576; rounded down to a multiple of 64
 * @param map whether columns are the file's own memory, as the system has it, instead of copies
 *     (default false); for files that nobody writes to meanwhile
 */
public record ArrowSource(Path path, int batchRows, boolean map) implements FileSource {
  public ArrowSource {
    if (batchRows < 64 || batchRows > 1 << 20) {
      throw new IllegalArgumentException("batchRows must be 64 to 1048576 but was " + batchRows);
    }
    batchRows &= -64;
  }

  public ArrowSource(Path path) {
    this(path, 64 * 1024);
  }

  /** Reads into memory of its own. */
  public ArrowSource(Path path, int batchRows) {
    this(path, batchRows, false);
  }

  public ArrowSource mapped() {
    return new ArrowSource(path, batchRows, true);
  }

  @Override
  public OpenSource openFile(Path file, Schema expected) throws IOException {
    return new OpenArrow(ArrowIndex.read(file), batchRows, map);
  }
}
