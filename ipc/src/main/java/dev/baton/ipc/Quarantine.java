package dev.baton.ipc;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.Split;
import dev.baton.engine.spi.PortableJob;
import dev.baton.engine.spi.WorkerScope;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;

/** Saves what ended worker after worker, for someone to look at. */
final class Quarantine {
  /** The system property that says where such files go; else the working directory. */
  static final String FOLDER = "baton.quarantine.dir";

  private Quarantine() {}

  /** Writes the rows of a split, as they come from the source, as an Arrow stream; says where. */
  static <R extends AutoCloseable> String save(
      PortableJob<R> job, Split split, long sequence, List<String> deaths, WorkerScope scope) {
    String name = "baton-quarantine-" + ProcessHandle.current().pid() + "-" + sequence;
    Path folder = Path.of(System.getProperty(FOLDER, ""));
    Path rows = folder.resolve(name + ".arrows");
    try {
      Files.createDirectories(folder.toAbsolutePath());
      Files.write(folder.resolve(name + ".txt"), deaths);
      try (Decoder decoder = job.decoder(scope);
          OutputStream out = Files.newOutputStream(rows)) {
        decoder.start(split);
        write(decoder, out);
      }
      return "its rows are in " + rows.toAbsolutePath() + "; " + deaths.get(deaths.size() - 1);
    } catch (Exception e) {
      return "its rows could not be saved (" + e + "); " + deaths.get(deaths.size() - 1);
    }
  }

  private static void write(Decoder decoder, OutputStream out) throws Exception {
    for (Batch next = decoder.next(); next != null; next = decoder.next()) {
      try (Batch batch = next) {
        List<FieldVector> columns = new ArrayList<>();
        for (int i = 0; i < batch.width(); i++) {
          columns.add(batch.column(i));
        }
        // Neither is closed: the root only borrows the columns, and the stream goes on.
        VectorSchemaRoot root = new VectorSchemaRoot(batch.schema(), columns, batch.rows());
        ArrowStreamWriter writer = new ArrowStreamWriter(root, null, Channels.newChannel(out));
        writer.writeBatch();
        writer.end();
      }
    }
  }
}
