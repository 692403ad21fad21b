package dev.baton.operators.io.files;

import dev.baton.engine.source.AtomicFile;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.operators.io.StreamedInput;
import java.io.IOException;
import org.apache.arrow.vector.types.pojo.Schema;

/** What comes through standard input, read as it comes and once only. It has no file form. */
final class StandardStream implements Source {
  private final StreamSource source;

  /** Arrow's JSON, or null. */
  private final String expected;

  private final StreamedInput input;

  private StandardStream(StreamSource source, String expected, StreamedInput input) {
    this.source = source;
    this.expected = expected;
    this.input = input;
  }

  /**
   * A source that is read as it comes, or {@code otherwise} where it is not standard input, or that
   * is kept in a file already.
   *
   * @param expected as Arrow's JSON, what types columns have where they would be guessed; or null
   */
  static Source of(StreamSource source, String expected, Source otherwise) {
    StreamedInput input = source.path().equals(AtomicFile.STANDARD) ? StandardInput.stream() : null;
    return input == null ? otherwise : new StandardStream(source, expected, input);
  }

  @Override
  public OpenSource open() throws IOException {
    return source.openStream(input, expected == null ? null : Schema.fromJSON(expected));
  }
}
