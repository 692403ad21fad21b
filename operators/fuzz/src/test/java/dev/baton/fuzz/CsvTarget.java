package dev.baton.fuzz;

import dev.baton.engine.source.OnBad;
import dev.baton.operators.io.csv.CsvSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The first three bytes of an input say how to read the rest, which is read in one and in many. */
final class CsvTarget implements Target {
  private static final int OPTIONS = 3;
  private static final String DELIMITERS = ",;\t| :";
  static final List<OnBad> POLICIES =
      List.of(new OnBad.Fail(), new OnBad.Skip(), new OnBad.MakeNull());
  private static final List<List<String>> NULLS =
      List.of(List.of(""), List.of(), List.of("NA", "null"), List.of("", "-", "1"));
  private static final List<Map<String, String>> TYPES =
      List.of(
          Map.of(),
          Map.of("a", "utf8", "b", "int64"),
          Map.of("a", "float32", "b", "date"),
          Map.of("a", "timestamp", "b", "bool"));

  private final Path file = Reading.file(".csv");

  @Override
  public List<byte[]> seeds() {
    return List.of(
        seed(0, 0, 3, "a,b\n1,2.5\n\"x\"\"y\n\",\n"),
        seed(0, 1, 7, "1,true,2020-02-29\r\n-3,,2021-01-01\r\n"),
        seed(1, 0x12, 5, "a;b\nNA;12\n\"\";x\n1;2;3\n"),
        seed(0, 0x24, 1, "\uFEFFa,b\n1e5,2020-01-01 \n.5,1999-12-31\n"),
        seed(0, 0x30, 9, "a,b\n2020-01-01T10:00:00.123456,true\n2020-01-01 10:00,false\n"));
  }

  private static byte[] seed(int delimiter, int how, int splitBytes, String text) {
    byte[] rest = text.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[OPTIONS + rest.length];
    all[0] = (byte) delimiter;
    all[1] = (byte) how;
    all[2] = (byte) splitBytes;
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
    int delimiter = Byte.toUnsignedInt(input[0]);
    int how = Byte.toUnsignedInt(input[1]);
    CsvSource whole =
        new CsvSource(
            file,
            String.valueOf(DELIMITERS.charAt(delimiter % DELIMITERS.length())),
            (how & 1) == 0,
            TYPES.get(how >> 4 & 3),
            NULLS.get(how >> 2 & 3),
            (how & 2) == 0 ? 10_000 : 1,
            1 << 20,
            POLICIES.get((how >> 6) % POLICIES.size()));
    Reading.of(whole, file)
        .mustEqual(
            Reading.of(whole.withSplitBytes(1 + Byte.toUnsignedInt(input[2])), file),
            "one split and many");
  }
}
