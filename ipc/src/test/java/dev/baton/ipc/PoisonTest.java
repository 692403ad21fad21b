package dev.baton.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.ExecutionMode.Poison;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.source.Source;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.SplitSource;
import dev.baton.engine.testkit.TestOperators.Add;
import dev.baton.engine.testkit.TestOperators.Centre;
import dev.baton.engine.testkit.Variants;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Batches that end worker after worker, in a run that is to go on without them. */
@Tag("process")
@Timeout(120)
class PoisonTest {
  private static final Schema SCHEMA = Rows.schema("x", Types.FLOAT64, "s", Types.UTF8);
  private static final int POISON = 999;

  @TempDir private Path folder;

  private final RootAllocator root = new RootAllocator();
  private final List<List<Batch>> splits = new ArrayList<>();
  private Engine engine;

  @BeforeEach
  void eightSplitsOfThreeBatches() {
    System.setProperty(Quarantine.FOLDER, folder.toString());
    engine = Engine.open(root);
    for (int i = 0; i < 8; i++) {
      List<Batch> batches = new ArrayList<>();
      for (int j = 0; j < 3; j++) {
        int rows = i == 5 && j == 1 ? POISON : 100 + 10 * i + j;
        batches.add(RandomRows.of(SCHEMA, rows, 3 * i + j, Mix.TAME).batch(root));
      }
      splits.add(batches);
    }
  }

  @AfterEach
  void nothingIsLeftBehind() {
    engine.close();
    splits.forEach(batches -> batches.forEach(Batch::close));
    root.close();
    System.clearProperty(Quarantine.FOLDER);
  }

  private static RunOptions skipping() {
    return Variants.baseline()
        .withMode(ExecutionMode.processes(2).withMaxAttempts(2).withPoison(Poison.SKIP));
  }

  private static Deadly.Operator killer() {
    return new Deadly.Operator(Deadly.Way.KILL, POISON, null);
  }

  /** The splits, but of the poisoned one only its first batches. */
  private Source without(int batchesKept) {
    List<List<Batch>> rest = new ArrayList<>(splits);
    rest.set(5, rest.get(5).subList(0, batchesKept));
    return new SplitSource(SCHEMA, rest);
  }

  private Pipeline read() {
    return Pipeline.read(new SplitSource(SCHEMA, splits));
  }

  @Test
  void theOutputHasAllButTheBatchThatKillsAndWhatFollowsInItsSplit() {
    RunReport report = engine.run(read().then(new Add("x", 1)).then(killer()), skipping());
    RunReport expected =
        engine.run(Pipeline.read(without(1)).then(new Add("x", 1)), Variants.baseline());
    assertEquals(expected.digest(), report.digest());
    assertEquals(expected.rowsIn(), report.rowsIn());
    assertEquals(expected.rowsOut(), report.rowsOut());
    assertLeftOut(report, POISON + 152);
  }

  @Test
  void anEstimatorIsFittedWithoutTheSplitWhichNoPassSeesAgain() {
    Pipeline poisoned =
        read().then(killer()).then(new Centre(Columns.of("x"))).then(new Add("x", 1));
    RunReport report = engine.run(poisoned, skipping());
    RunReport expected =
        engine.run(
            Pipeline.read(without(0)).then(new Centre(Columns.of("x"))).then(new Add("x", 1)),
            Variants.baseline());
    assertEquals(expected.digest(), report.digest());
    assertEquals(expected.rowsOut(), report.rowsOut());
    assertLeftOut(report, 150 + POISON + 152);
  }

  @Test
  void nothingIsLeftOutWhereNothingKills() {
    RunReport report = engine.run(read().then(new Centre(Columns.of("x"))), skipping());
    assertEquals(RunReport.LeftOut.NOTHING, report.leftOut());
  }

  /** The count and the file agree, and the file says how workers ended. */
  private void assertLeftOut(RunReport report, long rows) {
    assertEquals(1, report.leftOut().batches());
    assertEquals(rows, report.leftOut().rows());
    assertEquals(1, report.leftOut().files().size());
    Path file = Path.of(report.leftOut().files().get(0));
    assertEquals(rows, rowsIn(file));
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> texts = files.filter(path -> path.toString().endsWith(".txt")).toList();
      assertEquals(1, texts.size());
      List<String> deaths = Files.readAllLines(texts.get(0));
      assertEquals(2, deaths.size());
      assertTrue(deaths.get(1).contains("was killed by SIGKILL"), deaths::toString);
      assertTrue(deaths.get(1).endsWith("(Operator), batch 5"), deaths::toString);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long rowsIn(Path file) {
    try (InputStream in = Files.newInputStream(file);
        ArrowStreamReader reader = new ArrowStreamReader(in, root)) {
      long rows = 0;
      while (reader.loadNextBatch()) {
        rows += reader.getVectorSchemaRoot().getRowCount();
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
