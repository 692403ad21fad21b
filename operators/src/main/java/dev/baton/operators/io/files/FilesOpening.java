package dev.baton.operators.io.files;

import dev.baton.engine.source.ColumnDifferences;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.SourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Opens several files and checks that they make one table; else all that stands against it is said.
 */
final class FilesOpening {
  private final FileSource source;
  private final FileList list;
  private final Schema expected;
  private final List<OpenSource> files = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  private FilesOpening(FileSource source, FileList list, Schema expected) {
    this.source = source;
    this.list = list;
    this.expected = expected;
  }

  static OpenFiles open(FileSource source, FileList list, Schema expected) throws IOException {
    FilesOpening opening = new FilesOpening(source, list, expected);
    try {
      return opening.open();
    } catch (Throwable e) {
      OpenFiles.closeAll(opening.files);
      throw e;
    }
  }

  private OpenFiles open() throws IOException {
    for (Path file : list.files()) {
      try {
        files.add(source.openFile(file, expected));
      } catch (SourceException e) {
        wrong.add(StandardInput.named(e.getMessage()));
      }
    }
    if (wrong.isEmpty()) {
      widen();
      compare();
    }
    List<Field> folders = folders();
    if (!wrong.isEmpty()) {
      throw new SourceException(
          list.files().size() == 1
              ? wrong.get(0)
              : String.format(
                  "%s: the %d files make no table:\n  %s",
                  source.path(), list.files().size(), String.join("\n  ", wrong)));
    }
    Map<String, OpenSource> byPath = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      byPath.put(list.files().get(i).toString(), files.get(i));
    }
    List<Field> fields = new ArrayList<>(SameColumns.nullable(files.get(0).schema()));
    fields.addAll(folders);
    return new OpenFiles(source, list.root(), new Schema(fields), folders.size(), byPath);
  }

  /** Opens those files again whose types were guessed otherwise than what fits all. */
  private void widen() throws IOException {
    Schema wanted = SameColumns.widened(files);
    for (int i = 0; i < files.size(); i++) {
      if (!ColumnDifferences.of(wanted, files.get(i).schema()).isEmpty()) {
        OpenSource again = source.openFile(list.files().get(i), wanted);
        files.set(i, again).close();
      }
    }
  }

  private void compare() {
    for (int i = 1; i < files.size(); i++) {
      String name = list.files().get(i).toString();
      for (String line : ColumnDifferences.of(files.get(0).schema(), files.get(i).schema())) {
        wrong.add(name + ": " + line);
      }
    }
    if (!wrong.isEmpty()) {
      wrong.add(0, "(expected is what " + list.files().get(0) + " has)");
    }
  }

  private List<Field> folders() {
    List<Map<String, String>> values =
        list.files().stream().map(file -> Partitions.of(list.root(), file)).toList();
    List<String> keys = List.copyOf(values.get(0).keySet());
    for (int i = 0; i < values.size(); i++) {
      Path file = list.files().get(i);
      List<String> own = List.copyOf(values.get(i).keySet());
      if (!own.equals(keys)) {
        wrong.add(file + ": expected folders for the columns " + keys + " but found " + own);
      }
      if (i < files.size() && wrong.isEmpty()) {
        for (Field field : files.get(i).schema().getFields()) {
          if (own.contains(field.getName())) {
            wrong.add(
                file
                    + ": column '"
                    + field.getName()
                    + "' is in the file and in its folder's name");
          }
        }
      }
    }
    return wrong.isEmpty() ? Partitions.fields(values, expected) : List.of();
  }
}
