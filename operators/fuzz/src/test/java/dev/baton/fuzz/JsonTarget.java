package dev.baton.fuzz;

import dev.baton.operators.json.JsonlSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The first two bytes of an input say how to read the rest, which is read in one and in many. */
final class JsonTarget implements Target {
  private static final int OPTIONS = 2;
  private static final List<Map<String, String>> TYPES =
      List.of(
          Map.of(),
          Map.of("a", "utf8", "o.x", "utf8"),
          Map.of("a", "float32", "s", "int8"),
          Map.of("a", "date", "s", "timestamp"));

  private final Path file = Reading.file(".jsonl");

  @Override
  public List<byte[]> seeds() {
    return List.of(
        seed(0, 3, "{\"a\":12,\"s\":\"text\",\"o\":{\"x\":[1,2.5e-3,null],\"y\":true}}\n"),
        seed(
            0x10, 9, "{ \"s\" : \"\\u00e9\\n\\\"\\\\ \\ud83d\\ude00\" , \"a\" : -0.5E+2 }\r\n\n{}"),
        seed(
            0x05, 1, "\uFEFF{\"o\":{\"x\":\"deep\"},\"zz\":[{},[],false],\"a\":\"\"}\n{\"a\":NaN}"),
        seed(0x0A, 5, "{\"a\":9223372036854775808,\"s\":null}\n{\"a\":1,\"s\":2}\n{\"a\":1}"),
        seed(0x23, 7, "{\"a\":\"2020-01-31\",\"s\":\"2020-01-31T10:00:00.5\"}\n{\"b\":1}\n"));
  }

  private static byte[] seed(int how, int splitBytes, String text) {
    byte[] rest = text.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[OPTIONS + rest.length];
    all[0] = (byte) how;
    all[1] = (byte) splitBytes;
    System.arraycopy(rest, 0, all, OPTIONS, rest.length);
    return all;
  }

  @Override
  public int briefly() {
    return 5000;
  }

  @Override
  public void accept(byte[] input) throws Exception {
    if (input.length < OPTIONS) {
      return;
    }
    Files.write(file, Arrays.copyOfRange(input, OPTIONS, input.length));
    int how = Byte.toUnsignedInt(input[0]);
    JsonlSource whole =
        new JsonlSource(file)
            .withTypes(TYPES.get(how & 3))
            .withUnknown(JsonlSource.Unknown.values()[how >> 2 & 1])
            .withSampleRows((how & 8) == 0 ? 10_000 : 1)
            .withBad(CsvTarget.POLICIES.get((how >> 4) % CsvTarget.POLICIES.size()));
    Reading.of(whole, file)
        .mustEqual(
            Reading.of(whole.withSplitBytes(1 + Byte.toUnsignedInt(input[1])), file),
            "one split and many");
  }
}
