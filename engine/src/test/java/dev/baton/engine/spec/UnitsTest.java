package dev.baton.engine.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "4096, 4096",
    "12B, 12",
    "4KiB, 4096",
    "4 kib, 4096",
    "1kB, 1000",
    "1MB, 1000000",
    "64MiB, 67108864",
    "1.5GiB, 1610612736",
    "2TB, 2000000000000",
    "8G, 8000000000"
  })
  void sizesAreReadWithTheirUnits(String text, long bytes) {
    assertEquals(bytes, ByteSize.parse(text).bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "B", "-1", "1.5", "0.3B", "1PB", "9999999TiB", "1 2"})
  void whatIsNoSizeIsRefused(String text) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> ByteSize.parse(text));
    assertEquals(
        "expected a size such as 64MiB, 1GB or 4096 but was '" + text + "'", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1000, 1000", "1024, 1KiB", "1048577, 1048577", "3221225472, 3GiB"})
  void sizesAreWrittenInTheirShortestExactForm(long bytes, String text) {
    assertEquals(text, new ByteSize(bytes).toString());
    assertEquals(bytes, ByteSize.parse(text).bytes());
  }

  @Test
  void negativeSizesAreRefused() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> new ByteSize(-5));
    assertEquals("a size must not be negative but was -5", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "5ns, 5",
    "5us, 5000",
    "5ms, 5000000",
    "0.5s, 500000000",
    "2S, 2000000000",
    "1m, 60000000000",
    "1h, 3600000000000",
    "1d, 86400000000000",
    "PT0.001S, 1000000",
    "3 ms, 3000000"
  })
  void durationsAreReadWithTheirUnits(String text, long nanos) {
    assertEquals(Duration.ofNanos(nanos), Durations.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "ms", "0.5ns", "-5ms", "999999999d", "5 weeks"})
  void whatIsNoDurationIsRefused(String text) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
    assertEquals(
        "expected a duration such as 5ms, 2s or PT1M but was '" + text + "'", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 0s", "PT90S, 90s", "PT48H, 2d", "PT0.005S, 5ms", "PT-1S, PT-1S"})
  void durationsAreWrittenInTheirShortestExactForm(String iso, String text) {
    assertEquals(text, Durations.format(Duration.parse(iso)));
    assertEquals(Duration.parse(iso), Durations.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "StandardScaler, standard-scaler", "Log1p, log1p", "KBinsDiscretizer, k-bins-discretizer",
    "TfIdf, tf-idf", "OneHotEncoder, one-hot-encoder", "switchInterval, switch-interval",
    "URLSource, url-source", "NGrams, n-grams"
  })
  void javaNamesBecomeFileNames(String java, String file) {
    assertEquals(file, KebabCase.of(java));
  }
}
