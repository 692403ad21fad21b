package dev.baton.operators.io.idx;

import dev.baton.engine.source.OpenSource;
import dev.baton.operators.io.files.FileSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Rows of an IDX file, the format of MNIST's images and labels: each number of the first dimension
 * is a row. A file of one dimension, such as labels, makes a column of numbers; one of more
 * dimensions, such as images, one of lists of a fixed size, the last dimension running fastest.
 *
 * <p>Numbers keep the type of the file: uint8, int8, int16, int32, float32 or float64. There are no
 * nulls. Files that are compressed must be unpacked first.
 *
 * @param path the file, folder or pattern, see {@link FileSource}
 * @param column what the column is called (default value)
 * @param splitBytes about how many bytes one worker reads at a time, 1 byte to 256 MiB (default 1
 *     MiB)
 */
public record IdxSource(Path path, String column, int splitBytes) implements FileSource {
  private static final int MOST_SPLIT_BYTES = 256 << 20;

  public IdxSource {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(column, "column");
    if (splitBytes < 1 || splitBytes > MOST_SPLIT_BYTES) {
      throw new IllegalArgumentException(
          "splitBytes must be 1 to " + MOST_SPLIT_BYTES + " but was " + splitBytes);
    }
  }

  public IdxSource(Path path) {
    this(path, "value", 1 << 20);
  }

  @Override
  public OpenSource openFile(Path file, Schema expected) throws IOException {
    return new OpenIdx(this, IdxHeader.read(file));
  }
}
