package dev.baton.operators.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.Golden;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class HashedCrossTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new HashedCross(Columns.of("number", "small", "flagged"), 1000, "crossed", 3);
  }

  @Override
  protected Schema input() {
    return Rows.schema("number", Types.INT64, "small", Types.INT8, "flagged", Types.BOOL);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    List<Integer> buckets = new ArrayList<>();
    for (Object[] row : rows.cells()) {
      Long hash = 3L;
      for (Object value : row) {
        hash = hash == null || value == null ? null : (Long) hash(value, hash);
      }
      buckets.add(hash == null ? null : (Integer) (int) ((hash >>> 32) * 1000 >>> 32));
    }
    return rows.with(Types.field("crossed", Types.INT32), buckets);
  }

  /** XXH64 of eight bytes. */
  private static long hash(Object value, long seed) {
    long number = value instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) value).longValue();
    long hash = seed + 0x27D4EB2F165667C5L + 8;
    hash ^= Long.rotateLeft(number * 0xC2B2AE3D27D4EB4FL, 31) * 0x9E3779B185EBCA87L;
    hash = Long.rotateLeft(hash, 27) * 0x9E3779B185EBCA87L + 0x85EBCA77C2B2AE63L;
    hash = (hash ^ hash >>> 33) * 0xC2B2AE3D27D4EB4FL;
    hash = (hash ^ hash >>> 29) * 0x165667B19E3779F9L;
    return hash ^ hash >>> 32;
  }

  @Test
  void givesWhatXxhashGivesInTurn() {
    Schema schema = Rows.schema("a", Types.UTF8, "b", Types.UTF8);
    for (String[] line : Golden.table("hashed_cross.tsv")) {
      HashedCross operator =
          new HashedCross(
              Columns.of("a", "b"), Integer.parseInt(line[0]), null, Long.parseLong(line[1]));
      Rows crossed = drive.transform(operator, Rows.of(schema, Rows.row(line[2], line[3])));
      assertEquals(List.of("a", "b", "a_x_b"), crossed.names());
      assertEquals(Integer.valueOf(line[4]), crossed.get(0, "a_x_b"), String.join(" ", line));
    }
  }

  @Test
  void oneColumnIsAnError() {
    BindException e =
        assertThrows(
            BindException.class,
            () -> Drive.declared(new HashedCross(Columns.of("small"), 10), input()));
    assertEquals(
        "columns must be at least two to be crossed but are only 'small'; a hash-bucket takes one",
        e.getMessage());
    assertEquals(
        "buckets must be at least 1 but was 0",
        assertThrows(IllegalArgumentException.class, () -> new HashedCross(Columns.of("a", "b"), 0))
            .getMessage());
  }
}
