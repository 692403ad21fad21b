package dev.baton.operators.io.files;

import dev.baton.engine.batch.BadRows;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;

/** Decodes splits of several files, each by a decoder of its own, and adds the folders' columns. */
final class FilesDecoder implements Decoder {
  private final OpenFiles files;
  private final List<String> columns;
  private final List<Field> folders;
  private final KernelContext context;
  private String file;
  private Decoder decoder;
  private boolean reorder;
  private Map<String, String> values;

  /**
   * @param folders the columns that are folders, wanted or not
   */
  FilesDecoder(OpenFiles files, List<String> columns, List<Field> folders, KernelContext context) {
    this.files = files;
    this.columns = columns;
    this.folders = folders.stream().filter(field -> columns.contains(field.getName())).toList();
    this.context = context;
  }

  @Override
  public void start(Split split) throws IOException {
    FileSplit next = (FileSplit) split;
    if (!next.file().equals(file)) {
      close();
      OpenSource open = files.file(next);
      List<String> own = OpenFiles.inOrderOf(open, columns);
      reorder = !own.equals(columns.subList(0, own.size()));
      values = folders.isEmpty() ? Map.of() : files.partitions(next.file());
      decoder = open.decoder(own, context);
      file = next.file();
    }
    decoder.start(next.split());
  }

  @Override
  public Batch next() throws Exception {
    if (decoder == null) {
      return null;
    }
    Batch batch;
    try {
      batch = decoder.next();
    } catch (SourceException e) {
      throw StandardInput.named(e);
    }
    if (batch == null) {
      return null;
    }
    try {
      if (reorder) {
        batch.retain(columns);
      }
      for (Field folder : folders) {
        batch.put(
            ConstantColumn.of(
                folder, values.get(folder.getName()), batch.rows(), context.allocator()));
      }
      batch.bad(named(batch.bad()));
      if (batch.origin() != null) {
        batch.origin(batch.origin().named(StandardInput::named));
      }
      return batch;
    } catch (Throwable e) {
      batch.close();
      throw e;
    }
  }

  private static BadRows named(BadRows bad) {
    return bad == null
        ? null
        : new BadRows(
            bad.count(),
            bad.found().stream()
                .map(
                    f ->
                        new BadRows.Finding(
                            StandardInput.named(f.file()),
                            f.line(),
                            f.offset(),
                            f.column(),
                            f.rule(),
                            f.text()))
                .toList());
  }

  @Override
  public void close() throws IOException {
    file = null;
    if (decoder != null) {
      decoder.close();
      decoder = null;
    }
  }
}
