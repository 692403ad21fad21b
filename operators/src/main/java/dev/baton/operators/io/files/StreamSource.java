package dev.baton.operators.io.files;

import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.operators.io.StreamedInput;
import java.io.IOException;
import org.apache.arrow.vector.types.pojo.Schema;

/** A format that can be read from its start to its end without going back. */
public interface StreamSource extends FileSource {
  /**
   * Opens what comes through a stream.
   *
   * @param expected null, or what types columns have where they would be guessed else
   */
  OpenSource openStream(StreamedInput input, Schema expected) throws IOException;

  @Override
  default Source once() {
    return StandardStream.of(this, null, this);
  }
}
