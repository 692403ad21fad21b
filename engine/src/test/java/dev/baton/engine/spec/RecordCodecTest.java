package dev.baton.engine.spec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
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

  /** What a plan may hold where another process is asked to build it. */
  public interface Wanted {}

  /** As harmless as a record can be, but not asked for. */
  public record Unwanted(String text) {
    static {
      initialised.add("Unwanted");
    }
  }

  /** Asked for, but with code of its own to build it. */
  public static final class NoRecord implements Wanted {
    static {
      initialised.add("NoRecord");
    }
  }

  private static final List<String> initialised = new ArrayList<>();

  @Test
  void aClassThatDoesNotBelongIsRefusedBeforeAnyOfItsCodeRuns() {
    byte[] plain = RecordCodec.write(new Named(Map.of()));
    for (String name : List.of("Unwanted", "NoRecord")) {
      byte[] bytes =
          renamed(plain, Named.class.getName(), RecordCodecTest.class.getName() + "$" + name);
      SpecException e =
          assertThrows(SpecException.class, () -> RecordCodec.read(bytes, Wanted.class));
      assertEquals(
          RecordCodecTest.class.getName()
              + "$"
              + name
              + " is not a record that implements "
              + Wanted.class.getName(),
          e.getMessage());
    }
    assertEquals(List.of(), initialised);
  }

  /** The bytes with one text, which its length precedes, replaced by another. */
  private static byte[] renamed(byte[] bytes, String from, String to) {
    String text = new String(bytes, ISO_8859_1);
    String replaced = text.replace(framed(from), framed(to));
    assertNotEquals(text, replaced);
    return replaced.getBytes(ISO_8859_1);
  }

  private static String framed(String text) {
    byte[] length = ByteBuffer.allocate(4).putInt(text.length()).array();
    return new String(length, ISO_8859_1) + text;
  }
}
