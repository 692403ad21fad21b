package dev.baton.operators.io.files;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Origin;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import dev.baton.operators.internal.TextBuilder;
import dev.baton.operators.internal.Utf8;
import dev.baton.operators.io.InputFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Reads files, each into a row; a split makes one batch. */
final class ContentsDecoder implements Decoder {
  private final OpenContents contents;
  private final List<String> columns;
  private final KernelContext context;
  private OpenContents.Some split;

  ContentsDecoder(OpenContents contents, List<String> columns, KernelContext context) {
    this.contents = contents;
    this.columns = columns;
    this.context = context;
  }

  @Override
  public void start(Split next) {
    split = (OpenContents.Some) next;
  }

  @Override
  public Batch next() throws Exception {
    if (split == null) {
      return null;
    }
    OpenContents.Some current = split;
    split = null;
    int rows = current.files().size();
    List<FieldVector> made = new ArrayList<>();
    try {
      for (Field field : contents.schema().getFields()) {
        if (columns.contains(field.getName())) {
          made.add(column(field, current));
        }
      }
      Batch batch = Batch.of(rows, made);
      batch.origin(Origin.ofFiles(current.files()));
      return batch;
    } catch (Throwable e) {
      made.forEach(FieldVector::close);
      throw e;
    }
  }

  private FieldVector column(Field field, OpenContents.Some files) throws Exception {
    String name = field.getName();
    if (name.equals(OpenContents.PATH)) {
      return paths(files);
    }
    boolean content = name.equals(OpenContents.BYTES) || name.equals(OpenContents.TEXT);
    // Without that of the column of contents a folder may be called bytes or text.
    return content && contents.schema().getFields().indexOf(field) == 1
        ? contents(field, files)
        : folders(field, files);
  }

  private FieldVector paths(OpenContents.Some files) {
    int rows = files.files().size();
    try (TextBuilder builder =
        new TextBuilder(OpenContents.PATH, rows, 32L * rows, context.allocator())) {
      for (String file : files.files()) {
        Path path = Path.of(file);
        String below = contents.root().relativize(path).toString();
        builder.append(below.replace(path.getFileSystem().getSeparator(), "/"));
      }
      return builder.finish();
    }
  }

  private FieldVector folders(Field field, OpenContents.Some files) {
    FieldVector all = field.createVector(context.allocator());
    try {
      all.setInitialCapacity(files.files().size());
      all.allocateNew();
      for (int i = 0; i < files.files().size(); i++) {
        String value =
            Partitions.of(contents.root(), Path.of(files.files().get(i))).get(field.getName());
        try (FieldVector one = ConstantColumn.of(field, value, 1, context.allocator())) {
          all.copyFromSafe(0, i, one);
        }
      }
      all.setValueCount(files.files().size());
      return all;
    } catch (Throwable e) {
      all.close();
      throw e;
    }
  }

  private FieldVector contents(Field field, OpenContents.Some files) throws Exception {
    int rows = files.files().size();
    BaseVariableWidthVector vector =
        (BaseVariableWidthVector) field.createVector(context.allocator());
    try {
      vector.allocateNew(Math.max(1, files.bytes()), rows);
      ArrowBuf data = vector.getDataBuffer();
      long offsets = vector.getOffsetBuffer().memoryAddress();
      int used = 0;
      for (int i = 0; i < rows; i++) {
        used += read(files.files().get(i), files.versions().get(i), data, used);
        Memory.putInt(offsets + 4L * i + 4, used);
        context.checkpoint();
      }
      Validity.setAll(vector.getValidityBuffer(), rows);
      vector.setLastSet(rows - 1);
      vector.setValueCount(rows);
      return vector;
    } catch (Throwable e) {
      vector.close();
      throw e;
    }
  }

  /** Reads a file to its place; returns how many bytes it has. */
  private int read(String path, String version, ArrowBuf data, int at) throws Exception {
    return context.blocking(
        () -> {
          InputFile file = InputFile.of(Path.of(path));
          if (!file.version().equals(version)) {
            throw new SourceException(
                path + " was written to while it was read; read it when nothing writes to it");
          }
          boolean text = contents.source().content() == FilesSource.Content.TEXT;
          long first = text ? file.textStart() : 0;
          int length = (int) (file.size() - first);
          try (FileChannel channel = file.channel()) {
            file.read(channel, data.nioBuffer(at, length), first);
          }
          if (text) {
            check(file, data.memoryAddress() + at, length);
          }
          return length;
        });
  }

  private static void check(InputFile file, long address, int length) throws IOException {
    if (Utf8.valid(address, address + length)) {
      return;
    }
    byte[] bytes = new byte[length];
    Memory.copyToArray(address, bytes, 0, length);
    int good = 0;
    while (Utf8.valid(address, address + good + 1) || isWithin(bytes, good)) {
      good++;
    }
    throw new SourceException(
        file.place(good) + ": expected UTF-8 text; convert the file, or read it as bytes");
  }

  /** Whether the bytes up to there are the start of something valid. */
  private static boolean isWithin(byte[] bytes, int last) {
    for (int more = 1; more <= 3 && last + more < bytes.length; more++) {
      String text = new String(bytes, 0, last + more + 1, StandardCharsets.UTF_8);
      if (text.indexOf('\uFFFD') < 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {}
}
