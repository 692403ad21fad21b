package dev.baton.operators.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.Differences;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The columnar evaluator against {@link Oracle}, over random expressions and random batches. */
class OracleTest {
  private static final int[] SIZES = {0, 1, 7, 8, 63, 64, 65, 1000, 2 * Block.ROWS + 70};

  private static final List<Mix> MIXES = List.of(Mix.values());

  private final RootAllocator allocator = new RootAllocator();
  private final Drive drive = new Drive(allocator);
  private int refused;

  @AfterEach
  void nothingLeaks() {
    allocator.close();
  }

  @Test
  void everyExpressionHasTheValuesOfTheOracle() {
    int trees = 3000;
    for (int seed = 0; seed < trees; seed++) {
      Expression tree = new RandomTrees(seed).any(1 + seed % 5);
      Mix mix = MIXES.get(seed % MIXES.size());
      int size = SIZES[seed % SIZES.length];
      Rows rows = RandomRows.of(RandomTrees.SCHEMA, size, seed, mix);
      check(seed + ": " + tree, tree, rows, 0);
    }
    assertTrue(refused < trees / 2, refused + " of " + trees + " had no value");
  }

  @Test
  void slicedBatchesHaveTheValuesOfTheOracle() {
    for (int seed = 0; seed < 500; seed++) {
      Expression tree = new RandomTrees(10_000 + seed).any(1 + seed % 4);
      Rows rows = RandomRows.of(RandomTrees.SCHEMA, 150, seed, Mix.NULLS);
      check(seed + ": " + tree, tree, rows, 1 + seed % 17);
    }
  }

  private void check(String what, Expression tree, Rows all, int offset) {
    Derive derive = new Derive("out", tree);
    Field field = Drive.bind(derive, all.schema()).output().getFields().get(all.names().size());
    Rows rows = all.slice(offset, all.size());
    List<Object> expected = new ArrayList<>();
    boolean refusal = false;
    for (Object[] row : rows.cells()) {
      try {
        expected.add(Oracle.cell(tree, all.schema(), row, field.getType()));
      } catch (Oracle.Refusal e) {
        refusal = true;
      }
    }
    try (Batch whole = all.batch(allocator);
        Batch batch = whole.slice(offset, rows.size(), allocator)) {
      if (refusal) {
        refused++;
        assertThrows(ValueException.class, () -> drive.apply(derive, all.schema(), batch), what);
        Differences.assertSame(rows, Rows.of(batch), what);
      } else {
        drive.apply(derive, all.schema(), batch);
        Differences.assertSame(rows.with(field, expected), Rows.of(batch), what);
      }
    }
  }

  @Test
  void filteringKeepsTheRowsTheOracleFindsTrue() {
    for (int seed = 0; seed < 500; seed++) {
      Expression tree = new RandomTrees(seed).of(Kind.BOOL, 1 + seed % 4);
      Rows rows = RandomRows.of(RandomTrees.SCHEMA, SIZES[seed % SIZES.length], seed, Mix.NULLS);
      List<Object[]> expected = new ArrayList<>();
      boolean refusal = false;
      for (Object[] row : rows.cells()) {
        try {
          Object kept = Oracle.cell(tree, rows.schema(), row, Kind.BOOL.type);
          if (Boolean.TRUE.equals(kept)) {
            expected.add(row);
          }
        } catch (Oracle.Refusal e) {
          refusal = true;
        }
      }
      if (!refusal) {
        Rows kept = drive.fitAndTransform(new Filter(tree), rows);
        Differences.assertSame(new Rows(rows.schema(), expected), kept, seed + ": " + tree);
      }
    }
  }

  @Test
  void printedTreesParseBackToThemselves() {
    for (int seed = 0; seed < 5000; seed++) {
      Expression tree = new RandomTrees(seed).any(1 + seed % 6);
      assertEquals(tree, Expression.parse(tree.toString()), () -> "printed as " + tree);
    }
  }
}
