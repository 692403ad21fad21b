package dev.baton.operators.io.files;

import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.AtomicFile;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Skipped;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Several files as one table. In the process that has found them all are open; in others those are
 * opened of which splits come.
 */
final class OpenFiles implements OpenSource {
  private final FileSource source;
  private final Path root;
  private final Schema schema;
  private final int partitions;
  private boolean origins;

  /** Of the run; null for one that nothing counts in. */
  private BufferAllocator memory;

  /** By path, in order. */
  private final Map<String, OpenSource> files = new LinkedHashMap<>();

  OpenFiles(FileSource source, Path root, Schema schema, int partitions) {
    this.source = source;
    this.root = root;
    this.schema = schema;
    this.partitions = partitions;
  }

  /** With the files that were found and checked. */
  OpenFiles(
      FileSource source, Path root, Schema schema, int partitions, Map<String, OpenSource> files) {
    this(source, root, schema, partitions);
    this.files.putAll(files);
  }

  /**
   * Opens what a source names.
   *
   * @param expected null, or types of columns that would be guessed
   */
  static OpenSource open(FileSource source, Schema expected) throws IOException {
    Path path = source.path();
    if (path.equals(AtomicFile.STANDARD)) {
      Path input = StandardInput.file();
      return FilesOpening.open(source, new FileList(input.getParent(), List.of(input)), expected);
    }
    return FileList.isMany(path)
        ? FilesOpening.open(source, FileList.of(path), expected)
        : source.openFile(path, expected);
  }

  /** The values of the columns that are folders, for one file. */
  Map<String, String> partitions(String file) {
    return Partitions.of(root, Path.of(file));
  }

  /** Those columns of the files themselves that are in {@code columns}, in a file's own order. */
  static List<String> inOrderOf(OpenSource file, List<String> columns) {
    return file.schema().getFields().stream()
        .map(field -> field.getName())
        .filter(columns::contains)
        .toList();
  }

  /** An open file, which stays this source's. */
  synchronized OpenSource file(FileSplit split) throws IOException {
    OpenSource file = files.get(split.file());
    if (file == null) {
      Schema own =
          new Schema(schema.getFields().subList(0, schema.getFields().size() - partitions));
      file = source.openFile(Path.of(split.file()), own);
      if (origins) {
        file.keepOrigins();
      }
      if (memory != null) {
        file.within(memory);
      }
      files.put(split.file(), file);
    }
    if (!file.version().equals(split.version())) {
      throw new SourceException(
          split.file() + " was written to while it was read; read it when nothing writes to it");
    }
    return file;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (OpenSource file : files.values()) {
      if (file.bytes() < 0) {
        return -1;
      }
      bytes += file.bytes();
    }
    return bytes;
  }

  @Override
  public boolean splitsTravel() {
    return files.values().stream().allMatch(OpenSource::splitsTravel);
  }

  @Override
  public Source elsewhere() {
    return new LocatedFiles(source, root, schema.toJson(), partitions);
  }

  /** A hash of the paths and versions of all files. */
  @Override
  public String version() {
    List<String> versions = new ArrayList<>();
    files.forEach((path, file) -> versions.add(StandardInput.named(path) + "\n" + file.version()));
    return Versions.of(versions);
  }

  @Override
  public Skipped skipped() {
    return files.values().stream().map(OpenSource::skipped).reduce(Skipped.NOTHING, Skipped::plus);
  }

  /** The notes of the files that have one. */
  @Override
  public String note() {
    List<String> notes = new ArrayList<>();
    files.forEach(
        (path, file) -> {
          if (file.note() != null) {
            notes.add(StandardInput.named(path) + ": " + file.note());
          }
        });
    return notes.isEmpty() ? null : String.join("\n  ", notes);
  }

  @Override
  public OnBad onBad() {
    return files.isEmpty() ? new OnBad.Fail() : files.values().iterator().next().onBad();
  }

  @Override
  public synchronized void keepOrigins() {
    origins = true;
    files.values().forEach(OpenSource::keepOrigins);
  }

  @Override
  public synchronized void within(BufferAllocator memory) throws IOException {
    this.memory = memory;
    for (OpenSource file : files.values()) {
      file.within(memory);
    }
  }

  @Override
  public Iterator<? extends Split> splits() {
    return new FileSplits(files);
  }

  @Override
  public Decoder decoder(List<String> columns, KernelContext context) {
    int own = schema.getFields().size() - partitions;
    return new FilesDecoder(
        this, columns, schema.getFields().subList(own, own + partitions), context);
  }

  @Override
  public synchronized void close() throws IOException {
    closeAll(files.values());
  }

  static void closeAll(Iterable<OpenSource> files) throws IOException {
    IOException failed = null;
    for (OpenSource file : files) {
      try {
        file.close();
      } catch (IOException e) {
        failed = e;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }
}
