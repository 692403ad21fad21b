package dev.baton.operators.io.files;

import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Files as rows that another process has found. It only decodes their splits, which name them.
 *
 * @param source a {@link FilesSource}
 * @param root the folder below which folders may be columns
 * @param schema as Arrow's JSON
 */
record LocatedContents(Source source, Path root, String schema) implements Source {
  @Override
  public OpenSource open() throws IOException {
    return new OpenContents((FilesSource) source, root, Schema.fromJSON(schema), List.of());
  }
}
