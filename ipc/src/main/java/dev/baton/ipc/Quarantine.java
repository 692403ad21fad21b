package dev.baton.ipc;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.Split;
import dev.baton.engine.spi.PortableJob;
import dev.baton.engine.spi.WorkerScope;
import dev.baton.ipc.Deaths.Death;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/** Saves what ended worker after worker, for someone to look at. */
final class Quarantine {
  /** The system property that says where such files go; else the working directory. */
  static final String FOLDER = "baton.quarantine.dir";

  private static final String SUFFIX = ".arrows";

  private Quarantine() {}

  /** What was saved: where, and how many rows. */
  record Saved(Path file, long rows) {}

  /**
   * Writes the rows of a split, as this pass reads them from the source, as an Arrow stream, and
   * beside it how workers ended.
   *
   * @param done how many of its first batches are not wanted
   */
  static <R extends AutoCloseable> Saved save(
      PortableJob<R> job, Split split, String name, int done, List<Death> deaths, WorkerScope scope)
      throws Exception {
    Path folder = Path.of(System.getProperty(FOLDER, "")).toAbsolutePath();
    Files.createDirectories(folder);
    Path rows = free(folder, name);
    Path how = folder.resolve(rows.getFileName().toString().replace(SUFFIX, ".txt"));
    Files.write(how, deaths.stream().map(Death::what).toList());
    try (Decoder decoder = job.decoder(scope);
        OutputStream out = Files.newOutputStream(rows)) {
      decoder.start(split);
      for (int i = 0; i < done; i++) {
        decoder.next().close();
      }
      return new Saved(rows, write(decoder, out, scope));
    }
  }

  /** A name that no run before has used. */
  private static Path free(Path folder, String name) {
    String prefix = "baton-quarantine-" + ProcessHandle.current().pid() + "-" + name;
    Path path = folder.resolve(prefix + SUFFIX);
    for (int i = 2; Files.exists(path); i++) {
      path = folder.resolve(prefix + "-" + i + SUFFIX);
    }
    return path;
  }

  private static long write(Decoder decoder, OutputStream out, WorkerScope scope) throws Exception {
    try (Batch first = decoder.next()) {
      if (first == null) {
        return 0;
      }
      try (VectorSchemaRoot root = VectorSchemaRoot.create(first.schema(), scope.allocator());
          ArrowStreamWriter writer = new ArrowStreamWriter(root, null, Channels.newChannel(out))) {
        long rows = write(first, root, writer);
        for (Batch next = decoder.next(); next != null; next = decoder.next()) {
          try (Batch batch = next) {
            rows += write(batch, root, writer);
          }
        }
        writer.end();
        return rows;
      }
    }
  }

  private static int write(Batch batch, VectorSchemaRoot root, ArrowStreamWriter writer)
      throws IOException {
    List<FieldVector> columns = new ArrayList<>();
    for (int i = 0; i < batch.width(); i++) {
      columns.add(batch.column(i));
    }
    // Not closed: it only borrows the columns.
    VectorSchemaRoot borrowed = new VectorSchemaRoot(batch.schema(), columns, batch.rows());
    try (ArrowRecordBatch all = new VectorUnloader(borrowed).getRecordBatch()) {
      new VectorLoader(root).load(all);
    }
    writer.writeBatch();
    return batch.rows();
  }
}
