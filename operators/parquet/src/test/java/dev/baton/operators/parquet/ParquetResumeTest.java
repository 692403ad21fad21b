package dev.baton.operators.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Encoder;
import dev.baton.engine.source.OpenSink;
import dev.baton.engine.testkit.FakeContext;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.io.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file goes on from any of its checkpoints, as if nothing had happened, to the last byte. */
class ParquetResumeTest {
  private static final int BATCHES = 24;
  private static final int ROWS = 50;

  @TempDir Path folder;

  private final List<Rows> batches = new ArrayList<>();

  private ParquetSink sink(int rowGroupRows) {
    List<Field> fields = new ArrayList<>();
    for (String name : Types.names()) {
      fields.add(Types.field(name, Types.parse(name)));
    }
    Rows rows = RandomRows.of(new Schema(fields), BATCHES * ROWS, 3, RandomRows.Mix.ALL);
    batches.clear();
    for (int i = 0; i < BATCHES; i++) {
      batches.add(rows.slice(i * ROWS, (i + 1) * ROWS));
    }
    return new ParquetSink(folder.resolve("t.parquet"), Codec.ZSTD, rowGroupRows);
  }

  private byte[] plain(ParquetSink sink) throws Exception {
    Path plain = folder.resolve("plain.parquet");
    Tables.write(
        new ParquetSink(plain, sink.codec(), sink.rowGroupRows()), batches.toArray(Rows[]::new));
    return Files.readAllBytes(plain);
  }

  /**
   * Continues, commits up to {@code end}, of which what follows {@code kept} is lost, as it is not
   * behind a checkpoint.
   */
  private byte[] part(ParquetSink sink, byte[] state, int from, int kept, int end, boolean finish)
      throws Exception {
    byte[] next = null;
    try (RootAllocator allocator = new RootAllocator();
        OpenSink open = sink.resume(batches.get(0).schema(), folder.resolve("part"), state)) {
      FakeContext context = new FakeContext(allocator);
      open.begin(context);
      try (Encoder encoder = sink.encoder(batches.get(0).schema(), context)) {
        for (int i = from; i < end; i++) {
          try (Batch batch = batches.get(i).batch(allocator);
              Encoded encoded = encoder.encode(batch)) {
            open.commit(encoded, context);
          }
          if (i + 1 == kept) {
            next = open.checkpoint();
          } else if (i % 5 == 0 && i < kept) {
            open.checkpoint();
          }
        }
      }
      if (finish) {
        open.complete();
        open.finish();
      }
    }
    return next;
  }

  @Test
  void everyCheckpointIsGoneOnFromToTheSameBytes() throws Exception {
    for (int rowGroupRows : new int[] {1, 120, 400, 100_000}) {
      ParquetSink sink = sink(rowGroupRows);
      byte[] plain = plain(sink);
      for (int kept = 1; kept <= BATCHES; kept++) {
        byte[] state = part(sink, null, 0, kept, Math.min(BATCHES, kept + 9), false);
        part(sink, state, kept, -1, BATCHES, true);
        assertArrayEquals(plain, Files.readAllBytes(sink.path()), rowGroupRows + " " + kept);
      }
    }
  }

  @Test
  void aRunCanBeKilledAgainAndAgain() throws Exception {
    ParquetSink sink = sink(170);
    byte[] plain = plain(sink);
    Random random = new Random(5);
    for (int trial = 0; trial < 20; trial++) {
      byte[] state = null;
      int done = 0;
      while (done < BATCHES) {
        int kept = Math.min(BATCHES, done + 1 + random.nextInt(6));
        int end = Math.min(BATCHES, kept + random.nextInt(8));
        state = part(sink, state, done, kept, end, false);
        done = kept;
      }
      part(sink, state, BATCHES, -1, BATCHES, true);
      assertArrayEquals(plain, Files.readAllBytes(sink.path()));
    }
  }

  @Test
  void onlyThePiecesOfUnfinishedRowGroupsAreKept() throws Exception {
    ParquetSink sink = sink(ROWS);
    byte[] state = part(sink, null, 0, BATCHES, BATCHES, false);
    assertEquals(state.length, part(sink, null, 0, BATCHES, BATCHES, false).length);
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.filter(file -> file.toString().contains(".group-")).count() < 8);
    }
  }

  @Test
  void piecesThatAreGoneAreAnError() throws Exception {
    ParquetSink sink = sink(100_000);
    byte[] state = part(sink, null, 0, 3, 4, false);
    Path pieces = folder.resolve("part.group-0");
    Files.write(pieces, new byte[1], StandardOpenOption.TRUNCATE_EXISTING);
    IOException e =
        assertThrows(
            IOException.class,
            () -> sink.resume(batches.get(0).schema(), folder.resolve("part"), state));
    assertEquals(
        "cannot resume "
            + sink.path()
            + ": "
            + pieces
            + " is shorter than what was committed; remove its folder to begin anew",
        e.getMessage());
  }
}
