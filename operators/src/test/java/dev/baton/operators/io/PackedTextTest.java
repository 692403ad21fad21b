package dev.baton.operators.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.io.csv.CsvSink;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.io.text.TextSource;
import dev.baton.operators.scale.StandardScaler;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed files read as the same rows as what was compressed, in every mode. */
class PackedTextTest {
  @TempDir Path folder;

  private static byte[] pack(String how, byte[] text) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        how.equals("gzip") ? new GZIPOutputStream(bytes) : new ZstdOutputStream(bytes)) {
      out.write(text);
    }
    return bytes.toByteArray();
  }

  /** Quotes, line ends and doubled quotes in fields; a bad row now and then. */
  private static String csv() {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder("\uFEFF\"n\n\",s\r\n");
    for (int i = 0; i < 20_000; i++) {
      text.append(i % 1000 == 999 ? "x" : i).append(',');
      for (int k = random.nextInt(4); k > 0; k--) {
        text.append(new String[] {"a", "\u00E9", " ", "b\"c"}[random.nextInt(4)]);
      }
      text.append(i % 7 == 0 ? "\n" : "z\n");
      if (i % 13 == 0) {
        text.append(i).append(",\"two\n\"\"lines\"\",\n\"\n");
      }
    }
    return text.toString();
  }

  private RunReport run(Source source, RunOptions options) {
    try (Engine engine = Engine.open()) {
      return engine.run(Pipeline.read(source), options);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void csvReadsAsWhatWasPacked(String how) throws Exception {
    byte[] text = csv().getBytes(StandardCharsets.UTF_8);
    Path plain = Files.write(folder.resolve("t.csv"), text);
    Path packed = folder.resolve("p.csv");
    // Several members, as parallel compressors write them, cut anywhere.
    try (OutputStream out = Files.newOutputStream(packed)) {
      for (int at = 0; at < text.length; at += 50_001) {
        out.write(pack(how, Arrays.copyOfRange(text, at, Math.min(text.length, at + 50_001))));
      }
    }
    CsvSource source =
        new CsvSource(plain).withBad(new OnBad.Skip()).withTypes(Map.of("n\n", "int64"));
    RunReport expected = run(source, Variants.baseline());
    assertEquals(20, expected.bad().rows());
    for (int bytes : new int[] {1000, 64 << 10, 1 << 20}) {
      Source other =
          new CsvSource(packed)
              .withBad(new OnBad.Skip())
              .withTypes(Map.of("n\n", "int64"))
              .withSplitBytes(bytes);
      for (RunOptions options : Variants.all()) {
        RunReport report = run(other, options);
        assertEquals(expected.digest(), report.digest());
        assertEquals(20, report.bad().rows());
        assertEquals(
            expected.bad().first().replace(plain.toString(), packed.toString()),
            report.bad().first());
      }
    }
    try (Engine engine = Engine.open()) {
      Pipeline scaled = Pipeline.read(source).then(new StandardScaler(Columns.of("n\n")));
      assertEquals(
          engine.run(scaled, Variants.baseline()).digest(),
          engine
              .run(
                  scaled.from(
                      new CsvSource(packed)
                          .withBad(new OnBad.Skip())
                          .withTypes(Map.of("n\n", "int64"))),
                  Variants.baseline())
              .digest());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void linesReadAsWhatWasPacked(String how) throws Exception {
    byte[] text = Files.readAllBytes(Tables.example("pride-and-prejudice.txt"));
    Path packed = Files.write(folder.resolve("p"), pack(how, text));
    assertEquals(
        run(new TextSource(Tables.example("pride-and-prejudice.txt")), Variants.baseline())
            .digest(),
        run(new TextSource(packed), Variants.baseline()).digest());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void whatIsCutOffOrDamagedIsAClearError(String how) throws Exception {
    byte[] packed = pack(how, csv().getBytes(StandardCharsets.UTF_8));
    Path file = folder.resolve("p");
    Map<String, String> types = Map.of("n\n", "utf8", "s", "utf8");
    for (int length : new int[] {5, 1000, packed.length / 2, packed.length - 1}) {
      Files.write(file, Arrays.copyOf(packed, length));
      PipelineException e =
          assertThrows(
              PipelineException.class,
              () -> run(new CsvSource(file).withTypes(types), Variants.baseline()));
      assertTrue(
          e.getMessage().endsWith(file + " is cut off: its " + how + " data has no end"),
          e.getMessage());
    }
    byte[] damaged = packed.clone();
    for (int i = packed.length / 2; i < packed.length / 2 + 50; i++) {
      damaged[i] ^= 0x55;
    }
    Files.write(file, damaged);
    PipelineException e =
        assertThrows(
            PipelineException.class,
            () -> run(new CsvSource(file).withTypes(types), Variants.baseline()));
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void aFileThatIsWrittenToWhileItIsReadIsAnError(String how) throws Exception {
    byte[] packed = pack(how, csv().getBytes(StandardCharsets.UTF_8));
    Path file = folder.resolve("p");
    // Within the text, and when all of it was taken but that this is the end.
    for (int taken : new int[] {1, 1 << 20}) {
      Files.write(file, packed);
      try (PackedText lines = PackedText.lines(InputFile.of(file))) {
        lines.next(taken);
        Files.write(file, packed, StandardOpenOption.APPEND);
        assertEquals(
            String.format(
                "%s changed from %d to %d bytes while it was read; read it when nothing writes to"
                    + " it",
                file, packed.length, 2 * packed.length),
            assertThrows(SourceException.class, () -> lines.next(1)).getMessage());
      }
      Files.write(file, packed);
      try (PackedText lines = PackedText.lines(InputFile.of(file))) {
        lines.next(taken);
        Files.write(file, new byte[packed.length]);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        assertEquals(
            file + " was written to while it was read; read it when nothing writes to it",
            assertThrows(SourceException.class, () -> lines.next(1)).getMessage());
      }
    }
  }

  @Test
  void aBadValueIsNamedByItsPlaceInTheText() throws Exception {
    Path file = folder.resolve("p");
    Files.write(file, pack("gzip", "a,b\n1,2\n\n3,x\n".getBytes(StandardCharsets.UTF_8)));
    assertEquals(
        "source, batch 0: "
            + file
            + ", line 4 (byte 11), column 'b': expected int64 but found 'x'; correct the value, add"
            + " it to 'nulls', or declare the column as utf8 in 'types'",
        assertThrows(
                PipelineException.class,
                () -> run(new CsvSource(file).withTypes(Map.of("b", "int64")), Variants.baseline()))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst"})
  void csvIsWrittenCompressedTheSameInEveryMode(String suffix) throws Exception {
    Path plain = Files.writeString(folder.resolve("t.csv"), csv());
    Pipeline pipeline = Pipeline.read(new CsvSource(plain).withSplitBytes(10_000));
    Path first = folder.resolve("0.csv." + suffix);
    try (Engine engine = Engine.open()) {
      engine.run(pipeline.write(new CsvSink(first)), Variants.baseline());
      for (RunOptions options : Variants.all()) {
        Path other = folder.resolve("1.csv." + suffix);
        engine.run(pipeline.write(new CsvSink(other)), options);
        assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(other));
      }
    }
    assertTrue(Files.size(first) < Files.size(plain) / 2);
    assertEquals(
        run(new CsvSource(plain), Variants.baseline()).digest(),
        run(new CsvSource(first), Variants.baseline()).digest());
  }

  /** So a record of many megabytes is paid for, and one that does not fit is an error. */
  @Test
  void whatIsUnpackedAndNotCutYetCountsInTheMemoryOfTheRun() throws Exception {
    byte[] text = ("short\n" + "x".repeat(3 << 20) + "\n").getBytes(StandardCharsets.UTF_8);
    Path packed = Files.write(folder.resolve("t.txt.gz"), pack("gzip", text));
    Source source = new TextSource(packed, "text", TextSource.Unit.LINES, 1);
    try (RootAllocator memory = new RootAllocator()) {
      try (OpenSource open = source.open()) {
        open.within(memory);
        Iterator<? extends Split> splits = open.splits();
        splits.next();
        long counted = memory.getAllocatedMemory();
        splits.next();
        assertTrue(counted > 0 && memory.getAllocatedMemory() > 3 << 20);
      }
      assertEquals(0, memory.getAllocatedMemory());
    }
    RunOptions options = Variants.baseline().withMemoryBytes(2 << 20);
    String message = assertThrows(PipelineException.class, () -> run(source, options)).getMessage();
    assertTrue(
        message.endsWith(
            packed
                + ", line 2: the memory limit of the run has no room for the records from here on,"
                + " 2097152 bytes as unpacked; raise it"),
        message);
  }
}
