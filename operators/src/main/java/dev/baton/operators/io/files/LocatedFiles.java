package dev.baton.operators.io.files;

import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Files that another process has found and checked. It only decodes their splits, which name them.
 *
 * @param source a {@link FileSource}
 * @param root the folder below which folders may be columns
 * @param schema as Arrow's JSON
 * @param partitions how many of its columns, the last ones, are folders
 */
record LocatedFiles(Source source, Path root, String schema, int partitions) implements Source {
  @Override
  public OpenSource open() throws IOException {
    return new OpenFiles((FileSource) source, root, Schema.fromJSON(schema), partitions);
  }
}
