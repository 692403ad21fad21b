package dev.baton.operators.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.Golden;
import dev.baton.operators.encode.HashBucket.Hash;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class HashBucketTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new HashBucket(Columns.of("colour", "number", "small"), 1000, 5, Hash.XXH64);
  }

  @Override
  protected Schema input() {
    return Rows.schema("colour", Types.UTF8, "number", Types.INT64, "small", Types.INT8);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String column : rows.names()) {
      result =
          result.with(
              Types.field(column, Types.INT32),
              column,
              value -> value == null ? null : (Object) bucket(value, 1000, 5));
    }
    return result;
  }

  private static int bucket(Object value, int buckets, long seed) {
    byte[] bytes =
        value instanceof String text
            ? text.getBytes(StandardCharsets.UTF_8)
            : ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(((Number) value).longValue())
                .array();
    BigInteger upper = BigInteger.valueOf(xxh64(bytes, seed) >>> 32);
    return upper.multiply(BigInteger.valueOf(buckets)).shiftRight(32).intValueExact();
  }

  /** The short form of XXH64 for fewer than 32 bytes; longer values are covered by the goldens. */
  private static long xxh64(byte[] bytes, long seed) {
    long p1 = 0x9E3779B185EBCA87L;
    long p2 = 0xC2B2AE3D27D4EB4FL;
    long hash = seed + 0x27D4EB2F165667C5L + bytes.length;
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (in.remaining() >= 8) {
      hash ^= Long.rotateLeft(in.getLong() * p2, 31) * p1;
      hash = Long.rotateLeft(hash, 27) * p1 + 0x85EBCA77C2B2AE63L;
    }
    if (in.remaining() >= 4) {
      hash ^= Integer.toUnsignedLong(in.getInt()) * p1;
      hash = Long.rotateLeft(hash, 23) * p2 + 0x165667B19E3779F9L;
    }
    while (in.hasRemaining()) {
      hash ^= Byte.toUnsignedLong(in.get()) * 0x27D4EB2F165667C5L;
      hash = Long.rotateLeft(hash, 11) * p1;
    }
    hash = (hash ^ hash >>> 33) * p2;
    hash = (hash ^ hash >>> 29) * 0x165667B19E3779F9L;
    return hash ^ hash >>> 32;
  }

  /** The long word of the kit has 32 bytes or more, which this oracle does not hash. */
  @Override
  protected Rows rows(int count, long seed, Mix mix) {
    return super.rows(count, seed, mix)
        .with(
            Types.field("colour", Types.UTF8),
            "colour",
            text -> text instanceof String s && s.length() > 20 ? s.substring(0, 20) : text);
  }

  @Test
  void givesWhatXxhashGives() {
    for (String[] line : Golden.table("hash_buckets.tsv")) {
      HashBucket operator =
          new HashBucket(
              Columns.of("v"), Integer.parseInt(line[1]), Long.parseLong(line[2]), Hash.XXH64);
      boolean text = line[0].equals("text");
      Rows rows =
          Rows.of(
              Rows.schema("v", text ? Types.UTF8 : Types.INT64),
              Rows.row(text ? (Object) line[3] : Long.valueOf(line[3])));
      assertEquals(
          List.of(Integer.valueOf(line[4])),
          drive.transform(operator, rows).column("v"),
          String.join(" ", line));
    }
  }

  @Test
  void fewerThanOneBucketIsAnError() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new HashBucket(Columns.of("v"), 0));
    assertEquals("buckets must be at least 1 but was 0", e.getMessage());
  }
}
