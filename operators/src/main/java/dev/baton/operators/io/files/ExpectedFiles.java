package dev.baton.operators.io.files;

import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import java.io.IOException;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Files whose columns are expected to be of certain types, which are then not guessed.
 *
 * @param source a {@link FileSource}
 * @param schema as Arrow's JSON; the files need not have all of its columns
 */
record ExpectedFiles(Source source, String schema) implements Source {
  @Override
  public Source once() {
    return source instanceof StreamSource stream ? StandardStream.of(stream, schema, this) : this;
  }

  @Override
  public OpenSource open() throws IOException {
    return OpenFiles.open((FileSource) source, Schema.fromJSON(schema));
  }
}
