package dev.baton.engine.spec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
  /** Something with a map. */
  public record Named(Map<String, Integer> numbers) {}

  private static Named named(boolean reversed) {
    List<String> names = new ArrayList<>(List.of("a", "b", "c", "d", "e"));
    if (reversed) {
      Collections.reverse(names);
    }
    Map<String, Integer> numbers = new LinkedHashMap<>();
    names.forEach(name -> numbers.put(name, (int) name.charAt(0)));
    return new Named(numbers);
  }

  /** Else a run could not be known again by another process, which resumes it. */
  @Test
  void theOrderOfAMapIsNoPartOfAFingerprint() {
    byte[] expected = RecordCodec.fingerprint(named(false));
    assertArrayEquals(expected, RecordCodec.fingerprint(named(true)));
    Map<String, Integer> more = new LinkedHashMap<>(named(false).numbers());
    more.put("a", 7);
    assertFalse(Arrays.equals(expected, RecordCodec.fingerprint(new Named(more))));
  }

  @Test
  void whatIsReadHasTheOrderThatWasWritten() {
    Named read = RecordCodec.read(RecordCodec.write(named(true)), Named.class);
    assertEquals(List.of("e", "d", "c", "b", "a"), List.copyOf(read.numbers().keySet()));
  }
}
