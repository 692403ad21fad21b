package dev.baton.operators.io.files;

import dev.baton.engine.source.AtomicFile;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A source of one format whose path names a file, or several as one table: a folder (all files in
 * it and below, but those whose names begin with {@code .} or {@code _}), or a pattern of {@code
 * *}, {@code ?}, {@code [a-z]}, <code>{a,b}</code> and {@code **} for any number of folders. A file
 * of exactly that name comes before a pattern. The path {@code -} is standard input.
 *
 * <p>The files' rows come in the order of their paths. All must have the same columns, in whatever
 * order; types that are guessed are those that fit all files. Folders called {@code key=value}
 * below what the path names outright are columns behind the others: integers if all values are,
 * else text.
 *
 * <p>A format only says how one file is opened.
 */
public interface FileSource extends Source {
  /** A file, a folder, a pattern, or {@code -}. */
  Path path();

  /**
   * Opens one file.
   *
   * @param expected null, or what types columns have where they would be guessed else; columns that
   *     are not there are no error
   */
  OpenSource openFile(Path file, Schema expected) throws IOException;

  /**
   * The first of the files that a path stands for; itself when it is one, or standard input.
   *
   * @throws dev.baton.engine.source.SourceException when a folder or pattern stands for none
   */
  static Path first(Path path) throws IOException {
    boolean many = !path.equals(AtomicFile.STANDARD) && FileList.isMany(path);
    return many ? FileList.of(path).files().get(0) : path;
  }

  @Override
  default OpenSource open() throws IOException {
    return OpenFiles.open(this, null);
  }

  @Override
  default Source expecting(Schema schema) {
    return new ExpectedFiles(this, schema.toJson());
  }
}
