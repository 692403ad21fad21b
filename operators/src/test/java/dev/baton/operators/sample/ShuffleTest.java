package dev.baton.operators.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.source.MemorySource;
import dev.baton.engine.testkit.MemorySink;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.Variants;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class ShuffleTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new Shuffle(5);
  }

  @Override
  protected Schema input() {
    return Rows.schema("x", Types.FLOAT64, "s", Types.UTF8);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    return shuffled(rows, Mixed.mix(Mixed.mix(Mixed.mix(5) ^ 0) ^ 0));
  }

  private static Rows shuffled(Rows rows, long seed) {
    List<Object[]> cells = new ArrayList<>(rows.cells());
    for (int last = cells.size() - 1; last > 0; last--) {
      long random = Mixed.mix(seed + last) >>> 32;
      java.util.Collections.swap(cells, last, (int) (random * (last + 1) >>> 32));
    }
    return new Rows(rows.schema(), cells);
  }

  @Override
  protected boolean batchesMatter() {
    return true;
  }

  @Test
  void everyBatchOfEverySplitHasAnOrderOfItsOwn() {
    Rows rows = rows(20, 1, Mix.TAME);
    List<Rows> split = List.of(rows, rows);
    Rows mixed = drive.transformSplits(new Shuffle(), rows.schema(), List.of(split, split));
    var orders = new HashSet<String>();
    for (int from = 0; from < 80; from += 20) {
      Rows batch = mixed.slice(from, from + 20);
      orders.add(batch.toString());
      assertEquals(
          new HashSet<>(rows.column("x")), new HashSet<>(batch.column("x")), "the same rows");
    }
    assertEquals(4, orders.size());
  }

  @Test
  void splitsAreReadInARandomOrderThatIsTheSameInEveryMode() {
    Rows rows = rows(400, 1, Mix.ALL);
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < 400; from += 10) {
      batches.add(rows.slice(from, from + 10).batch(allocator));
    }
    try (Engine engine = Engine.open(allocator)) {
      MemorySource inOrder = new MemorySource(rows.schema(), batches);
      MemorySink sink = new MemorySink();
      Pipeline pipeline =
          Pipeline.read(new ShuffledSource(inOrder)).then(new Shuffle()).write(sink);
      RunReport inline = engine.run(pipeline, Variants.baseline());
      Rows mixed = sink.rows();
      assertEquals(400, mixed.size());
      assertEquals(new HashSet<>(rows.column("x")), new HashSet<>(mixed.column("x")));
      assertNotEquals(
          new HashSet<>(rows.slice(0, 10).column("x")),
          new HashSet<>(mixed.slice(0, 10).column("x")));
      for (RunOptions options : Variants.all()) {
        assertEquals(inline.digest(), engine.run(pipeline, options).digest(), options.toString());
      }
      Pipeline other = pipeline.from(new ShuffledSource(inOrder, 1));
      assertNotEquals(inline.digest(), engine.run(other, Variants.baseline()).digest());
    } finally {
      batches.forEach(Batch::close);
    }
  }
}
