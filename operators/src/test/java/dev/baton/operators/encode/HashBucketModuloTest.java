package dev.baton.operators.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.encode.HashBucket.Hash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class HashBucketModuloTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new HashBucket(Columns.of("hex", "number", "small"), 1000, 0, Hash.MODULO);
  }

  @Override
  protected Schema input() {
    return Rows.schema("hex", Types.UTF8, "number", Types.INT64, "small", Types.INT8);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String column : rows.names()) {
      result =
          result.with(
              Types.field(column, Types.INT32),
              column,
              value -> value == null ? null : (Object) remainder(value));
    }
    return result;
  }

  private static int remainder(Object value) {
    BigInteger number =
        value instanceof String text
            ? new BigInteger(text, 16)
            : BigInteger.valueOf(((Number) value).longValue());
    return number.mod(BigInteger.valueOf(1000)).intValueExact();
  }

  @Override
  protected Rows rows(int count, long seed, Mix mix) {
    Random random = new Random(seed);
    return super.rows(count, seed, mix)
        .with(Types.field("hex", Types.UTF8), "hex", text -> text == null ? null : digits(random));
  }

  private static String digits(Random random) {
    int length = random.nextInt(3) == 0 ? 8 : 1 + random.nextInt(16);
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < length; i++) {
      digits.append("0123456789abcdefABCDEF".charAt(random.nextInt(22)));
    }
    return digits.toString();
  }

  private List<Object> buckets(int buckets, List<String> texts) {
    List<Object[]> cells = new ArrayList<>();
    texts.forEach(text -> cells.add(Rows.row(text)));
    Rows rows = new Rows(Rows.schema("h", Types.UTF8), cells);
    HashBucket operator = new HashBucket(Columns.of("h"), buckets, 0, Hash.MODULO);
    return drive.transform(operator, rows).column("h");
  }

  @Test
  void theRemainderIsExactForAnyNumberOfBuckets() {
    Random random = new Random(5);
    List<String> texts = new ArrayList<>(List.of("00000000", "ffffffff", "FFFFFFFFFFFFFFFF", "0"));
    for (int i = 0; i < 200; i++) {
      texts.add(String.format("%08x", random.nextInt()));
    }
    for (int buckets : new int[] {1, 2, 3, 7, 1 << 16, 100_000, 999_983, Integer.MAX_VALUE}) {
      BigInteger divisor = BigInteger.valueOf(buckets);
      assertEquals(
          texts.stream().map(t -> (Object) new BigInteger(t, 16).mod(divisor).intValue()).toList(),
          buckets(buckets, texts),
          buckets + " buckets");
    }
  }

  @Test
  void everyByteThatIsNoDigitIsAnErrorNamingItsText() {
    for (int place = 0; place < 8; place++) {
      for (char c = 0; c < 128; c++) {
        String text = "12345678".substring(0, place) + c + "12345678".substring(place + 1);
        if (Character.digit(c, 16) >= 0) {
          assertEquals(List.of((int) (Long.parseLong(text, 16) % 10)), buckets(10, List.of(text)));
        } else {
          ValueException e =
              assertThrows(
                  ValueException.class, () -> buckets(10, List.of("1", "00000000", text)), text);
          assertEquals(2, e.row());
        }
      }
    }
    ValueException e =
        assertThrows(ValueException.class, () -> buckets(10, List.of("68fd1e64", "68fd1e6g")));
    assertEquals("h", e.column());
    assertEquals(1, e.row());
    assertEquals(
        "expected 1 to 16 hexadecimal digits but was '68fd1e6g'; set hash=xxh64, which takes any"
            + " text",
        e.getMessage());
    for (String bad : List.of("", "12345678901234567", "é2345678", "-1", "0x12")) {
      assertThrows(ValueException.class, () -> buckets(10, List.of(bad)), bad);
    }
  }

  @Test
  void aSeedIsAnErrorForOnlyHashesTakeOne() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new HashBucket(Columns.of("v"), 10, 3, Hash.MODULO));
    assertEquals(
        "seed must be 0 with hash=modulo but was 3; only xxh64 takes a seed", e.getMessage());
  }
}
