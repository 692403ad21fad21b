package dev.baton.fuzz;

import dev.baton.operators.io.text.TextSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Lines and paragraphs; the first byte of an input says how the rest is cut for the second reading.
 */
final class TextTarget implements Target {
  private final Path file = Reading.file(".txt");

  @Override
  public List<byte[]> seeds() {
    return List.of(
        "\1one\ntwo\r\n\nfour".getBytes(StandardCharsets.UTF_8),
        "\7\uFEFF a \n b\n\n  \nc\n".getBytes(StandardCharsets.UTF_8),
        "\0\u00e9\u20ac\uD83D\uDE00\n\n".getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int briefly() {
    return 5000;
  }

  @Override
  public void accept(byte[] input) throws Exception {
    if (input.length == 0) {
      return;
    }
    Files.write(file, Arrays.copyOfRange(input, 1, input.length));
    for (TextSource.Unit unit : TextSource.Unit.values()) {
      Reading whole = Reading.of(new TextSource(file, "text", unit, 1 << 20), file);
      int splitBytes = 1 + Byte.toUnsignedInt(input[0]);
      TextSource cut = new TextSource(file, "text", unit, splitBytes);
      whole.mustEqual(Reading.of(cut, file), "one split and many of " + unit);
    }
  }
}
