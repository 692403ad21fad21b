package dev.baton.engine.spec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
  /** Something with a map. */
  public record Named(Map<String, Integer> numbers) {}

  private static Map<String, Integer> letters() {
    Map<String, Integer> letters = new LinkedHashMap<>();
    for (char c = 'a'; c <= 'z'; c++) {
      letters.put(String.valueOf(c), (int) c);
    }
    return letters;
  }

  /** Else a run could not be known again by another process, which resumes it. */
  @Test
  void mapsWithoutAnOrderAreWrittenByTheirKeys() {
    byte[] sorted = RecordCodec.write(new Named(new TreeMap<>(letters())));
    assertArrayEquals(sorted, RecordCodec.write(new Named(Map.copyOf(letters()))));
    assertArrayEquals(sorted, RecordCodec.write(new Named(new HashMap<>(letters()))));
  }

  @Test
  void othersKeepTheirOrder() {
    List<String> names = new ArrayList<>(letters().keySet());
    Collections.reverse(names);
    Map<String, Integer> reversed = new LinkedHashMap<>();
    names.forEach(name -> reversed.put(name, 1));
    Named read = RecordCodec.read(RecordCodec.write(new Named(reversed)), Named.class);
    assertEquals(names, List.copyOf(read.numbers().keySet()));
  }
}
