package dev.baton.operators.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.arrow.memory.util.MemoryUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers from bytes: the same bits as the JDK's own parsers give. */
class NumberParsersTest {
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(4096);
  private final long address = MemoryUtil.getByteBufferAddress(bytes);
  private final Random random = new Random(42);

  /** Writes the text at an odd place, with digits and dots behind it that are not its own. */
  private long put(String text) {
    byte[] chars = (text + ".9,1.5e300.0000").getBytes(StandardCharsets.UTF_8);
    bytes.put(3, chars);
    return address + 3;
  }

  private void assertDouble(String text) {
    long found = DoubleParser.parse(put(text), text.length());
    long expected = Double.doubleToRawLongBits(Double.parseDouble(text));
    if (expected != found) {
      assertEquals(
          Double.longBitsToDouble(expected), Double.longBitsToDouble(found), "'" + text + "'");
      assertEquals(expected, found, text);
    }
  }

  @Test
  void everyDoubleReadsBackAsItself() {
    for (int i = 0; i < 100_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertDouble(Double.toString(value));
      }
      assertDouble(Double.toString(random.nextGaussian()));
      assertDouble(Double.toString(random.nextInt(1_000_000) / 100.0));
    }
  }

  @Test
  void randomDecimalsOfAnyLengthAreRoundedAsTheJdkDoes() {
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
      int whole = random.nextInt(random.nextInt(24) + 1);
      int fraction = random.nextInt(random.nextInt(24) + 1);
      digits(text, whole);
      if (fraction > 0 || whole == 0 || random.nextInt(4) == 0) {
        text.append('.');
        digits(text, whole == 0 ? fraction + 1 : fraction);
      }
      if (random.nextInt(3) == 0) {
        text.append(random.nextBoolean() ? 'e' : 'E');
        text.append(new String[] {"", "+", "-"}[random.nextInt(3)]);
        text.append(random.nextInt(random.nextInt(5) == 0 ? 400 : 30));
      }
      assertDouble(text.toString());
    }
  }

  private void digits(StringBuilder text, int count) {
    for (int i = 0; i < count; i++) {
      text.append((char) ('0' + (random.nextInt(3) == 0 ? 0 : random.nextInt(10))));
    }
  }

  @Test
  void decimalsHalfwayBetweenTwoDoublesAndNextToThatAreExact() {
    for (int i = 0; i < 10_000; i++) {
      double low = Math.abs(Double.longBitsToDouble(random.nextLong()));
      if (!Double.isFinite(low) || low < 1e-300 || low > 1e300) {
        continue;
      }
      BigDecimal middle =
          new BigDecimal(low).add(new BigDecimal(Math.nextUp(low))).divide(BigDecimal.valueOf(2));
      String digits = middle.unscaledValue().toString();
      for (int length : new int[] {17, 18, 19, 20, 25, Math.min(digits.length(), 300)}) {
        if (length > digits.length()) {
          continue;
        }
        int exponent = digits.length() - length - middle.scale();
        BigInteger leading = new BigInteger(digits.substring(0, length));
        assertDouble(leading + "e" + exponent);
        assertDouble(leading.add(BigInteger.ONE) + "e" + exponent);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "0.0",
        "-0.0",
        "+1",
        "+1.5",
        "1.",
        ".5",
        "-.5",
        "00001.5",
        "0.00000000000000001",
        "1e0",
        "1E+5",
        "1e-5",
        "1e400",
        "-1e400",
        "1e-400",
        "4.9e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "2.2250738585072011e-308",
        "2.2250738585072014e-308",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "9007199254740992",
        "9007199254740993",
        "9007199254740993.0",
        "9007199254740992.5",
        "9007199254740991.5",
        "12345678",
        "123456789",
        "1234567.8",
        "12345678.9",
        "99999999.99999999",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        "9999999999999999999",
        "0.9999999999999999999",
        "1.9999999999999999999",
        "123456789012345678901234567890",
        "0.1e1",
        "1e00000000000000000005",
        "1e999999999999",
        "0e999999999999",
        "8.5",
        "6631236846766476e-16",
        "3.2378839133029012895e-319"
      })
  void hardAndOddDoublesAreTheJdks(String text) {
    assertDouble(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+",
        ".",
        "-.",
        "e5",
        "1e",
        "1e+",
        "1e5.0",
        "1.2.3",
        "--1",
        "+-1",
        "1 ",
        " 1",
        "0x10",
        "1f",
        "1d",
        "1_000",
        "1,5",
        "NaN",
        "inf",
        "12345678a",
        "1234567890123456a",
        "1.a",
        "1.12345678a",
        "a.5",
        "1.5/",
        "1.:",
        "\u00011.5",
        "é"
      })
  void whatIsNoNumberIsRefused(String text) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    assertEquals(DoubleParser.NONE, DoubleParser.parse(put(text), length), text);
    assertEquals(LongParser.NONE, LongParser.parse(put(text), length), text);
  }

  @ParameterizedTest
  @CsvSource({
    "nan, NaN",
    "-NaN, NaN",
    "INF, Infinity",
    "+Infinity, Infinity",
    "-inf, -Infinity",
    "infinit,",
    "--inf,",
    "-,",
    "'',"
  })
  void nanAndInfinitiesAreReadInAnyCase(String text, Double expected) {
    long found = DoubleParser.special(put(text), text.length());
    assertEquals(
        expected == null ? DoubleParser.NONE : Double.doubleToRawLongBits(expected), found);
  }

  @Test
  void everyIntegerReadsBackAsItself() {
    for (int i = 0; i < 100_000; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      String text = Long.toString(value);
      assertEquals(value, LongParser.parse(put(text), text.length()), text);
    }
  }

  @Test
  void integersAtTheEdgeOfSixtyFourBitsFitOrAreRefused() {
    assertInteger("9223372036854775807", Long.MAX_VALUE);
    assertInteger("-9223372036854775807", -Long.MAX_VALUE);
    assertInteger("9223372036854775808", LongParser.NONE);
    assertInteger("-9223372036854775809", LongParser.NONE);
    assertInteger("9999999999999999999", LongParser.NONE);
    assertInteger("18446744073709551617", LongParser.NONE);
    assertInteger("0000000000000000000000000000017", 17);
    assertInteger("-00000000000000000000000000017", -17);
    assertInteger("+7", 7);
    assertInteger("-0", 0);
    assertInteger("1.0", LongParser.NONE);
    assertTrue(LongParser.isMinimum("-9223372036854775808"));
    assertTrue(LongParser.isMinimum("-0009223372036854775808"));
    assertFalse(LongParser.isMinimum("9223372036854775808"));
    assertFalse(LongParser.isMinimum("-92233720368547758080"));
  }

  private void assertInteger(String text, long expected) {
    assertEquals(expected, LongParser.parse(put(text), text.length()), text);
  }
}
