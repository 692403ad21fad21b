package dev.baton.operators.io.files;

import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Whole files as rows, such as images or letters: a text column {@code path}, of the path below the
 * folder that {@code path} names outright, and a column with what is in the file. Folders called
 * {@code key=value} are columns behind them, as for every source of files; see {@link FileSource}.
 *
 * @param path the file, folder or pattern
 * @param content {@code bytes} (the default) makes a binary column of that name, {@code text} one
 *     of UTF-8 text, without a byte order mark
 * @param maxBytes a larger file is an error, 1 byte to 1 GiB (default 64 MiB)
 * @param splitBytes about how many bytes of files one worker reads at a time, 1 byte to 256 MiB
 *     (default 4 MiB)
 */
public record FilesSource(Path path, Content content, int maxBytes, int splitBytes)
    implements Source {
  private static final int MOST_BYTES = 1 << 30;
  private static final int MOST_SPLIT_BYTES = 256 << 20;

  /** What the second column holds. */
  public enum Content {
    BYTES,
    TEXT
  }

  public FilesSource {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(content, "content");
    check("maxBytes", maxBytes, MOST_BYTES);
    check("splitBytes", splitBytes, MOST_SPLIT_BYTES);
  }

  private static void check(String name, int bytes, int most) {
    if (bytes < 1 || bytes > most) {
      throw new IllegalArgumentException(name + " must be 1 to " + most + " but was " + bytes);
    }
  }

  public FilesSource(Path path) {
    this(path, Content.BYTES);
  }

  /** Files of at most 64 MiB. */
  public FilesSource(Path path, Content content) {
    this(path, content, 64 << 20, 4 << 20);
  }

  @Override
  public OpenSource open() throws IOException {
    return OpenContents.open(this);
  }
}
