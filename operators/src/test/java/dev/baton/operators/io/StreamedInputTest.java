package dev.baton.operators.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.BatchStream;
import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunOptions;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.Source;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.io.files.StreamSource;
import dev.baton.operators.io.text.TextSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes once gives the rows of the file, and no more of it is read than is needed. */
class StreamedInputTest {
  private static final int ROWS = 20_000;

  @TempDir Path folder;

  /** Comes in small pieces and never says how much there is, as a pipe does. */
  private static final class Dribble extends InputStream {
    private final InputStream all;
    private final Random random = new Random(1);
    private long read;

    Dribble(byte[] all) {
      this.all = new ByteArrayInputStream(all);
    }

    @Override
    public int read() throws IOException {
      throw new IOException("not asked for");
    }

    @Override
    public synchronized int read(byte[] to, int offset, int most) throws IOException {
      int got = all.read(to, offset, Math.min(most, 1 + random.nextInt(3000)));
      read += Math.max(0, got);
      return got;
    }

    @Override
    public int available() {
      return 0;
    }

    synchronized long passed() {
      return read;
    }
  }

  private static byte[] csv() {
    StringBuilder text = new StringBuilder("\uFEFFn,s\n");
    for (int i = 0; i < ROWS; i++) {
      text.append(i % 700 == 5 ? "x" : "").append(i);
      text.append(i % 9 == 0 ? ",\"two\nlines\"\n" : ",text\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** In several members, as files that were put together have. */
  private static byte[] packed(byte[] text) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int at = 0; at < text.length; at += 70_001) {
      try (OutputStream member = new GZIPOutputStream(all)) {
        member.write(text, at, Math.min(70_001, text.length - at));
      }
    }
    return all.toByteArray();
  }

  private static Source streamed(StreamSource source, Dribble in) {
    StreamedInput input = new StreamedInput("standard input", in);
    return () -> source.openStream(input, null);
  }

  private CsvSource source() {
    return new CsvSource(folder.resolve("in.csv"))
        .withTypes(Map.of("n", "int64", "s", "utf8"))
        .withSplitBytes(3000)
        .withBad(new OnBad.Skip());
  }

  @Test
  void everyModeReadsTheRowsOfTheFile() throws Exception {
    byte[] text = csv();
    Files.write(folder.resolve("in.csv"), text);
    TextSource lines = new TextSource(folder.resolve("in.csv"), "t", TextSource.Unit.LINES, 3000);
    try (Engine engine = Engine.open()) {
      for (StreamSource source : new StreamSource[] {source(), lines}) {
        var expected = engine.run(Pipeline.read(source), Variants.baseline());
        for (RunOptions options : Variants.all()) {
          for (byte[] bytes : new byte[][] {text, packed(text)}) {
            var report = engine.run(Pipeline.read(streamed(source, new Dribble(bytes))), options);
            assertEquals(expected.digest(), report.digest(), options.toString());
            assertEquals(expected.bad().rows(), report.bad().rows());
          }
        }
      }
    }
  }

  @Test
  void noMoreIsReadThanIsUnderWay() throws Exception {
    byte[] text = csv();
    Dribble in = new Dribble(text);
    RunOptions options = RunOptions.defaults().withMode(ExecutionMode.threads(2)).withRingSize(4);
    try (Engine engine = Engine.open();
        BatchStream stream = engine.stream(Pipeline.read(streamed(source(), in)), options)) {
      long taken = 0;
      while (stream.hasNext()) {
        // Of the ring, the workers and one split being cut; what is cut comes in pieces.
        assertTrue(
            in.passed() <= taken + (4 + 2 + 1) * 4000 + (64 << 10), in.passed() + " " + taken);
        stream.next().close();
        taken += 3100;
      }
    }
    assertEquals(text.length, in.passed());
  }

  @Test
  void aSecondReadingIsAnError() throws Exception {
    Source source = streamed(source(), new Dribble(csv()));
    try (Engine engine = Engine.open()) {
      engine.run(Pipeline.read(source));
      assertEquals(
          "source: standard input was read before, and what comes once is not kept",
          assertThrows(PipelineException.class, () -> engine.run(Pipeline.read(source)))
              .getMessage());
    }
  }

  @Test
  void whatWasLookedAtComesAgain() throws Exception {
    byte[] bytes = csv();
    StreamedInput input = new StreamedInput("it", new Dribble(bytes));
    for (int some : new int[] {4, 100_000, 7}) {
      assertEquals(
          new String(bytes, 0, some, StandardCharsets.UTF_8),
          new String(read(input.open(), some), StandardCharsets.UTF_8));
    }
    StreamedInput.Reader last = input.open();
    last.isLast();
    assertArrayEquals(bytes, read(last, bytes.length));
    assertEquals(-1, last.read(ByteBuffer.allocate(1)));
  }

  private static byte[] read(StreamedInput.Reader reader, int bytes) throws IOException {
    ByteBuffer to = ByteBuffer.allocate(bytes);
    while (to.hasRemaining()) {
      assertTrue(reader.read(to) > 0);
    }
    return to.array();
  }

  @Test
  void whatIsCutOffOrEmptyIsNamed() throws Exception {
    byte[] packed = packed(csv());
    byte[] cut = java.util.Arrays.copyOf(packed, packed.length - 20);
    try (Engine engine = Engine.open()) {
      String message =
          assertThrows(
                  PipelineException.class,
                  () -> engine.run(Pipeline.read(streamed(source(), new Dribble(cut)))))
              .getMessage();
      assertTrue(message.endsWith("standard input is cut off: its gzip data has no end"), message);
      assertEquals(
          "source: standard input is empty: expected a header line",
          assertThrows(
                  PipelineException.class,
                  () -> engine.run(Pipeline.read(streamed(source(), new Dribble(new byte[0])))))
              .getMessage());
    }
  }
}
