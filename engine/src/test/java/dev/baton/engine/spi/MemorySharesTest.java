package dev.baton.engine.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemorySharesTest {
  private static MemoryShares shares(ExecutionMode mode, long limit) {
    return MemoryShares.of(
        RunOptions.defaults().withMode(mode).withRingSize(0).withMemoryBytes(limit));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64})
  void togetherProcessesTakeNoMoreThanTheLimit(int workers) {
    for (long limit = (2L << 20) * workers; limit < 1L << 40; limit = limit * 3 / 2 + 1) {
      MemoryShares shares = shares(ExecutionMode.processes(workers), limit);
      long all = shares.here() + workers * (shares.worker() + shares.between());
      assertTrue(all <= limit && all > limit - 2L * workers, shares + " of " + limit);
      assertTrue(shares.between() >= 512 << 10 && shares.worker() > 512 << 10, shares.toString());
    }
  }

  @Test
  void oneProcessHasAllAndWithoutALimitEachHas() {
    assertEquals(1000, shares(ExecutionMode.threads(8), 1000).here());
    assertEquals(1000, shares(ExecutionMode.inline(), 1000).here());
    MemoryShares none = shares(ExecutionMode.processes(3), Long.MAX_VALUE);
    assertEquals(new MemoryShares(Long.MAX_VALUE, Long.MAX_VALUE, MemoryShares.MOST_BETWEEN), none);
  }

  @Test
  void aLimitThatIsTooSmallIsAnErrorThatSaysWhatIsEnough() {
    assertEquals(
        "the memory limit of 5MiB is too small for 3 worker processes, to which nothing could be"
            + " sent; raise it to 6MiB at least, or use fewer workers, or mode threads",
        assertThrows(PipelineException.class, () -> shares(ExecutionMode.processes(3), 5L << 20))
            .getMessage());
  }
}
