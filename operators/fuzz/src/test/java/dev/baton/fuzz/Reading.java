package dev.baton.fuzz;

import dev.baton.engine.PipelineException;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import dev.baton.engine.testkit.FakeContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * What came of reading a source: rows, or an error, which must be one that says where.
 *
 * @param rows their types, number and digest, or null for an error
 * @param error its message, or null
 */
record Reading(String rows, String error) {
  /** More than any input here can honestly need. */
  private static final long MOST_BYTES = 256L << 20;

  /** A file of its own for this process. */
  static Path file(String ending) {
    try {
      Path file = Files.createTempFile("baton-fuzz-", ending);
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads all; closing the allocator fails when memory leaked. */
  static Reading of(Source source, Path file) throws Exception {
    try (RootAllocator allocator = new RootAllocator(MOST_BYTES);
        OpenSource open = source.open()) {
      return new Reading(open.schema() + " " + digest(open, allocator), null);
    } catch (SourceException | PipelineException e) {
      return refused(e, file);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof SourceException cause) {
        return refused(cause, file);
      }
      throw e;
    }
  }

  private static Reading refused(Exception e, Path file) {
    String message = String.valueOf(e.getMessage());
    if (!message.startsWith(file.toString())) {
      throw new AssertionError("an error without a place: " + message, e);
    }
    return new Reading(null, message);
  }

  private static String digest(OpenSource open, RootAllocator allocator) throws Exception {
    List<Field> fields = open.schema().getFields();
    List<String> names = fields.stream().map(Field::getName).toList();
    long rows = 0;
    try (Decoder decoder = open.decoder(names, new FakeContext(allocator))) {
      // Now that no column was refused: of types that cannot be read there is no digest.
      Digest[] digests = fields.stream().map(Digest::emptyColumn).toArray(Digest[]::new);
      for (Iterator<? extends Split> splits = open.splits(); splits.hasNext(); ) {
        decoder.start(splits.next());
        for (Batch batch; (batch = decoder.next()) != null; batch.close()) {
          rows += batch.rows();
          for (int i = 0; i < batch.width(); i++) {
            digests[i] = digests[i].then(Digest.ofColumn(batch.column(i)));
          }
        }
      }
      return rows + " rows " + List.of(digests);
    }
  }

  /** Fails unless both have the same rows, or both an error. */
  void mustEqual(Reading other, String how) {
    if (!Objects.equals(rows, other.rows)) {
      throw new AssertionError(how + " differ: " + this + " and " + other);
    }
  }
}
