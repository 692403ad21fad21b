package dev.baton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.Progress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void ratesHaveThreeDigits() {
    assertEquals("0", Human.rate(0.2));
    assertEquals("999", Human.rate(999));
    assertEquals("1.00 k", Human.rate(1000));
    assertEquals("12.3 k", Human.rate(12_345));
    assertEquals("123 k", Human.rate(123_456));
    assertEquals("1.00 M", Human.rate(999_600));
    assertEquals("12.3 M", Human.rate(12_345_678));
  }

  @Test
  void bytesAreInBinaryUnits() {
    assertEquals("0 B", Human.bytes(0));
    assertEquals("1023 B", Human.bytes(1023));
    assertEquals("1.0 KiB", Human.bytes(1024));
    assertEquals("42 KiB", Human.bytes(43_000));
    assertEquals("1.5 GiB", Human.bytes(3L << 29));
  }

  @Test
  void timesAreAsLongAsNeeded() {
    assertEquals("0 ms", Human.time(Duration.ZERO));
    assertEquals("999 ms", Human.time(Duration.ofMillis(999)));
    assertEquals("1.23 s", Human.time(Duration.ofMillis(1234)));
    assertEquals("59.9 s", Human.time(Duration.ofMillis(59_900)));
    assertEquals("1 min 0 s", Human.time(Duration.ofMillis(59_960)));
    assertEquals("2 min 5 s", Human.time(Duration.ofSeconds(125)));
    assertEquals("1 h 2 min", Human.time(Duration.ofMinutes(62)));
  }

  @Test
  void tablesAlignTextLeftAndFiguresRight() {
    String table =
        new Table("name", ">n", "note").row("a", "1", "x").row("long", "100", "").toString();
    assertEquals("name    n  note\na       1  x\nlong  100\n", table);
  }

  @Test
  void theProgressBarShowsShareRateAndTimeLeft() {
    Progress quarter = new Progress(2, 3, 1_000_000, 25, 100, Duration.ofSeconds(2));
    assertEquals(
        "pass 2 of 3  [######                  ]  25 %  500 k rows/s  6.00 s left",
        ProgressBar.line(quarter));
    Progress unknown = new Progress(1, 1, 1_234, 0, -1, Duration.ofSeconds(1));
    assertEquals("pass 1 of 1  1,234 rows  1.23 k rows/s", ProgressBar.line(unknown));
  }
}
