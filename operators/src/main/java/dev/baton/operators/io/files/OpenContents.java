package dev.baton.operators.io.files;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.AtomicFile;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import dev.baton.operators.io.InputFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Whole files as rows. */
final class OpenContents implements OpenSource {
  static final String PATH = "path";
  static final String BYTES = "bytes";
  static final String TEXT = "text";

  private static final int MOST_FILES = 4096;

  /**
   * Some files, a row each.
   *
   * @param versions what each was when it was found
   */
  record Some(List<String> files, List<String> versions, long bytes) implements Split {}

  private final FilesSource source;
  private final Path root;
  private final Schema schema;
  private final List<InputFile> files;

  OpenContents(FilesSource source, Path root, Schema schema, List<InputFile> files) {
    this.source = source;
    this.root = root;
    this.schema = schema;
    this.files = files;
  }

  static OpenContents open(FilesSource source) throws IOException {
    FileList list = list(source.path());
    List<InputFile> files = new ArrayList<>();
    List<Map<String, String>> folders = new ArrayList<>();
    for (Path path : list.files()) {
      InputFile file = InputFile.of(path);
      if (file.size() > source.maxBytes()) {
        throw new SourceException(
            String.format(
                "%s has %d bytes, more than maxBytes, which is %d",
                path, file.size(), source.maxBytes()));
      }
      files.add(file);
      Map<String, String> values = Partitions.of(list.root(), path);
      if (!folders.isEmpty() && !folders.get(0).keySet().equals(values.keySet())) {
        throw new SourceException(
            String.format(
                "%s: expected folders for the columns %s but found %s",
                path, folders.get(0).keySet(), values.keySet()));
      }
      folders.add(values);
    }
    List<Field> fields = new ArrayList<>();
    fields.add(Types.field(PATH, Types.UTF8));
    boolean text = source.content() == FilesSource.Content.TEXT;
    fields.add(Types.field(text ? TEXT : BYTES, text ? Types.UTF8 : Types.BINARY));
    for (Field folder : Partitions.fields(folders, null)) {
      if (fields.stream().anyMatch(field -> field.getName().equals(folder.getName()))) {
        throw new SourceException(
            source.path() + ": a folder's column is called '" + folder.getName() + "' as a file's");
      }
      fields.add(folder);
    }
    return new OpenContents(source, list.root(), new Schema(fields), List.copyOf(files));
  }

  private static FileList list(Path path) throws IOException {
    if (path.equals(AtomicFile.STANDARD)) {
      throw new SourceException("standard input is no file that could be a row; name files");
    }
    if (FileList.isMany(path)) {
      return FileList.of(path);
    }
    Path folder = path.getParent();
    return new FileList(folder == null ? Path.of("") : folder, List.of(path));
  }

  Path root() {
    return root;
  }

  FilesSource source() {
    return source;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public long bytes() {
    return files.stream().mapToLong(InputFile::size).sum();
  }

  @Override
  public Source elsewhere() {
    return new LocatedContents(source, root, schema.toJson());
  }

  @Override
  public String version() {
    return Versions.of(files.stream().map(f -> f.path() + "\n" + f.version()).toList());
  }

  @Override
  public Iterator<? extends Split> splits() {
    List<Some> splits = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    List<String> versions = new ArrayList<>();
    long bytes = 0;
    for (InputFile file : files) {
      if (!paths.isEmpty()
          && (bytes + file.size() > source.splitBytes() || paths.size() == MOST_FILES)) {
        splits.add(new Some(List.copyOf(paths), List.copyOf(versions), bytes));
        paths.clear();
        versions.clear();
        bytes = 0;
      }
      paths.add(file.path().toString());
      versions.add(file.version());
      bytes += file.size();
    }
    splits.add(new Some(paths, versions, bytes));
    return splits.iterator();
  }

  @Override
  public Decoder decoder(List<String> columns, KernelContext context) {
    return new ContentsDecoder(this, columns, context);
  }

  @Override
  public void close() {}
}
