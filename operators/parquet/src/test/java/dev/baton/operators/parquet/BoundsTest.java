package dev.baton.operators.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.baton.engine.batch.Types;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;

class BoundsTest {
  private static final long ROWS = 10;

  private static Bounds of(ArrowType type, Type physical, int width, Statistics statistics) {
    ParquetColumn column =
        new ParquetColumn(0, physical, width, true, Types.field("c", type), Conversion.NONE, null);
    return Bounds.of(column, group(statistics, null));
  }

  private static ParquetFile.Group group(Statistics statistics, String fault) {
    return new ParquetFile.Group(
        0,
        ROWS,
        List.of(
            new ParquetFile.Chunk(
                4, 9, ROWS, 9, CompressionCodec.UNCOMPRESSED, statistics, null, null, fault)));
  }

  private static Statistics statistics(byte[] least, byte[] greatest) {
    Statistics statistics = new Statistics();
    statistics.setMin_value(least);
    statistics.setMax_value(greatest);
    return statistics;
  }

  private static byte[] ints(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static byte[] floats(float value) {
    return ints(Float.floatToRawIntBits(value));
  }

  private static byte[] text(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void wholeStatisticsAreBounds() {
    Bounds ints = of(Types.INT32, Type.INT32, 4, statistics(ints(-5), ints(7)).setNull_count(3));
    assertEquals(new Bounds(-5L, 7L, 3, ROWS), ints);
    Bounds texts = of(Types.UTF8, Type.BYTE_ARRAY, 0, statistics(text(""), text("é")));
    assertArrayEquals(text(""), (byte[]) texts.least());
    assertArrayEquals(text("é"), (byte[]) texts.greatest());
    assertEquals(Bounds.UNKNOWN, texts.nulls());
  }

  @Test
  void whatIsCutOffIsABoundStill() {
    for (boolean exact : new boolean[] {true, false}) {
      Statistics statistics = statistics(text("a"), text("b"));
      statistics.setIs_min_value_exact(exact);
      statistics.setIs_max_value_exact(exact);
      Bounds bounds = of(Types.UTF8, Type.BYTE_ARRAY, 0, statistics);
      assertArrayEquals(text("a"), (byte[]) bounds.least());
      assertArrayEquals(text("b"), (byte[]) bounds.greatest());
    }
  }

  @Test
  void booleansAreZeroOrOne() {
    byte[][] bytes = {{0}, {1}, {2}};
    Bounds both = of(Types.BOOL, Type.BOOLEAN, 1, statistics(bytes[0], bytes[1]));
    assertEquals(new Bounds(false, true, Bounds.UNKNOWN, ROWS), both);
    assertNull(of(Types.BOOL, Type.BOOLEAN, 1, statistics(bytes[0], bytes[2])).least());
    assertNull(of(Types.BOOL, Type.BOOLEAN, 1, statistics(bytes[1], bytes[0])).least());
  }

  @Test
  void floatsWithNanAmongTheirBoundsHaveNone() {
    for (float[] bounds : new float[][] {{Float.NaN, 1}, {0, Float.NaN}}) {
      Statistics statistics = statistics(floats(bounds[0]), floats(bounds[1]));
      assertNull(of(Types.FLOAT32, Type.FLOAT, 4, statistics).least());
      assertNull(of(Types.FLOAT32, Type.FLOAT, 4, statistics).greatest());
    }
    assertNotNull(of(Types.FLOAT32, Type.FLOAT, 4, statistics(floats(0), floats(-0.0f))).least());
  }

  @Test
  void whatCannotBeTrueProvesNothing() {
    assertNull(of(Types.INT32, Type.INT32, 4, statistics(ints(7), ints(-5))).least());
    assertNull(of(Types.INT32, Type.INT32, 4, statistics(new byte[3], ints(7))).least());
    assertNull(of(Types.INT8, Type.INT32, 4, statistics(ints(0), ints(300))).least());
    Statistics nulls = statistics(ints(1), ints(2));
    assertEquals(Bounds.UNKNOWN, of(Types.INT32, Type.INT32, 4, nulls.setNull_count(-1)).nulls());
    assertEquals(
        Bounds.UNKNOWN, of(Types.INT32, Type.INT32, 4, nulls.setNull_count(ROWS + 1)).nulls());
  }

  @Test
  void theOlderFieldsAndTypesWithoutAnOrderHereAreNotUsed() {
    Statistics older = new Statistics();
    older.setMin(ints(1));
    older.setMax(ints(2));
    assertNull(of(Types.INT32, Type.INT32, 4, older).least());
    Statistics statistics = statistics(ints(1), ints(2));
    assertNull(of(new ArrowType.Int(32, false), Type.INT32, 4, statistics).least());
    assertNull(of(new ArrowType.Decimal(9, 2, 128), Type.INT32, 4, statistics).least());
    assertNull(of(Types.BINARY, Type.BYTE_ARRAY, 0, statistics).least());
  }

  @Test
  void aColumnThatCannotBeReadKeepsItsError() {
    ParquetColumn column =
        new ParquetColumn(
            0, Type.INT32, 4, true, Types.field("c", Types.INT32), Conversion.NONE, null);
    Statistics statistics = statistics(ints(1), ints(2)).setNull_count(0);
    assertEquals(
        new Bounds(null, null, Bounds.UNKNOWN, ROWS),
        Bounds.of(column, group(statistics, "it is encrypted")));
  }
}
