package dev.baton.operators.io;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Encoder;
import dev.baton.engine.source.OpenSink;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Sink;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.Split;
import dev.baton.engine.testkit.FakeContext;
import dev.baton.engine.testkit.Rows;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Reads and writes whole tables as one worker would; fails when memory leaks. */
public final class Tables {
  private Tables() {}

  /** All rows and columns. */
  public static Rows read(Source source) throws Exception {
    return read(source, null);
  }

  /** All rows of these columns, or of all for null. */
  public static Rows read(Source source, List<String> columns) throws Exception {
    try (RootAllocator allocator = new RootAllocator();
        OpenSource open = source.open()) {
      return read(open, columns, allocator);
    }
  }

  /** The same from an open source. */
  public static Rows read(OpenSource open, List<String> columns, RootAllocator allocator)
      throws Exception {
    List<Field> fields =
        open.schema().getFields().stream()
            .filter(f -> columns == null || columns.contains(f.getName()))
            .toList();
    List<Object[]> cells = new ArrayList<>();
    List<String> names = fields.stream().map(Field::getName).toList();
    long bytes = 0;
    try (Decoder decoder = open.decoder(names, new FakeContext(allocator))) {
      for (Iterator<? extends Split> splits = open.splits(); splits.hasNext(); ) {
        Split split = splits.next();
        bytes += split.bytes();
        decoder.start(split);
        for (Batch batch; (batch = decoder.next()) != null; batch.close()) {
          cells.addAll(Rows.of(batch).cells());
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (open.bytes() >= 0 && bytes != open.bytes()) {
      throw new AssertionError("splits of " + bytes + " bytes in a source of " + open.bytes());
    }
    return new Rows(new Schema(fields), cells);
  }

  /** Writes tables of one schema, each as a batch. */
  public static void write(Sink sink, Rows... batches) throws Exception {
    try (RootAllocator allocator = new RootAllocator();
        OpenSink open = sink.open(batches[0].schema())) {
      FakeContext context = new FakeContext(allocator);
      open.begin(context);
      try (Encoder encoder = sink.encoder(batches[0].schema(), context)) {
        for (Rows rows : batches) {
          try (Batch batch = rows.batch(allocator);
              Encoded encoded = encoder.encode(batch)) {
            open.commit(encoded, context);
          }
        }
      }
      open.complete();
      open.finish();
    }
  }

  /** A file among the resources of this module's tests. */
  public static Path resource(String name) throws URISyntaxException {
    return Path.of(Tables.class.getResource("/" + name).toURI());
  }

  /** A file that ships with the examples. */
  public static Path example(String name) {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("examples/data"))) {
      folder = folder.getParent();
    }
    return folder.resolve("examples/data").resolve(name);
  }
}
