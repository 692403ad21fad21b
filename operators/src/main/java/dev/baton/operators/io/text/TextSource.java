package dev.baton.operators.io.text;

import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.operators.io.InputFile;
import dev.baton.operators.io.StreamedInput;
import dev.baton.operators.io.files.StreamSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The lines or paragraphs of a text file as rows of one text column (UTF-8 with or without a byte
 * order mark, lines ending in LF or CRLF). A row with bytes that are not UTF-8 is bad.
 *
 * <p>An empty line is a row with an empty text. Paragraphs are parted by lines without anything but
 * blanks; the lines of one, without the blanks at their ends, are joined by a space.
 *
 * @param path the file, folder or pattern, see {@link FileSource}
 * @param column what the column is called (default text)
 * @param rows what a row is: {@code lines} (the default) or {@code paragraphs}
 * @param splitBytes about how much of the file one worker reads at a time, 1 byte to 256 MiB
 *     (default 1 MiB)
 * @param bad what becomes of bad rows: {@code fail} (the default), {@code make-null}, {@code skip}
 *     or {@code reject}, see {@link OnBad}
 */
public record TextSource(Path path, String column, Unit rows, int splitBytes, OnBad bad)
    implements StreamSource {
  private static final int MOST_SPLIT_BYTES = 256 << 20;

  /** What a row is. */
  public enum Unit {
    LINES,
    PARAGRAPHS
  }

  public TextSource {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(bad, "bad");
    if (splitBytes < 1 || splitBytes > MOST_SPLIT_BYTES) {
      throw new IllegalArgumentException(
          "splitBytes must be 1 to " + MOST_SPLIT_BYTES + " but was " + splitBytes);
    }
  }

  public TextSource(Path path) {
    this(path, "text", Unit.LINES, 1 << 20);
  }

  /** The first bad row fails the run. */
  public TextSource(Path path, String column, Unit rows, int splitBytes) {
    this(path, column, rows, splitBytes, new OnBad.Fail());
  }

  /** The same with another policy for bad rows. */
  public TextSource withBad(OnBad policy) {
    return new TextSource(path, column, rows, splitBytes, policy);
  }

  @Override
  public OpenSource openFile(Path file, Schema expected) throws IOException {
    return OpenText.open(this, InputFile.of(file));
  }

  @Override
  public OpenSource openStream(StreamedInput input, Schema expected) throws IOException {
    return OpenText.open(this, InputFile.of(input));
  }

  /** Paragraphs are looked for in a file. */
  @Override
  public Source once() {
    return rows == Unit.LINES ? StreamSource.super.once() : this;
  }
}
