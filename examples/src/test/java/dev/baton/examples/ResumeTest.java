package dev.baton.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.Resume;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.Sink;
import dev.baton.engine.testkit.Jvm;
import dev.baton.operators.encode.OneHotEncoder;
import dev.baton.operators.io.arrow.ArrowSink;
import dev.baton.operators.io.csv.CsvSink;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.json.JsonlSink;
import dev.baton.operators.parquet.Codec;
import dev.baton.operators.parquet.ParquetSink;
import dev.baton.operators.rows.Lenient;
import dev.baton.operators.scale.StandardScaler;
import dev.baton.operators.select.Cast;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs killed at random points and resumed, in other modes too, write what an undisturbed one does.
 */
@Tag("process")
@Timeout(300)
class ResumeTest {
  private static final int ROWS = 400_000;
  private static final List<String> MODES =
      List.of("threads 2", "inline", "processes 2", "event-loop 8", "threads 1");

  @TempDir Path folder;
  private Path mounted;

  @BeforeEach
  void aFileWithBadRows() throws IOException {
    StringBuilder text = new StringBuilder("n,m,kind,s\n");
    Random random = new Random(1);
    for (int i = 0; i < ROWS; i++) {
      text.append(random.nextInt(1000) == 0 ? "x" : "").append(random.nextInt(100_000));
      text.append(',').append(random.nextInt(2000) == 0 ? "y" : "").append(random.nextInt(9));
      text.append(',').append((char) ('a' + random.nextInt(7))).append(",row ").append(i);
      text.append('\n');
    }
    Files.writeString(folder.resolve("in.csv"), text);
  }

  /** The same rows in other forms. */
  private void otherInputs() throws IOException {
    Path in = folder.resolve("in.csv");
    try (OutputStream packed =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("in.csv.gz")))) {
      Files.copy(in, packed);
    }
    Files.createDirectory(folder.resolve("parts"));
    List<String> lines = Files.readAllLines(in);
    for (int part = 0; part < 3; part++) {
      List<String> some = new ArrayList<>(lines.subList(0, 1));
      some.addAll(lines.subList(1 + part * ROWS / 3, 1 + (part + 1) * ROWS / 3));
      Files.write(folder.resolve("parts/" + part + ".csv"), some);
    }
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted != null) {
      assertEquals(0, command("umount", mounted.toString()));
    }
  }

  private static Sink sink(Path path) {
    String name = path.toString();
    return switch (name.substring(name.lastIndexOf('.'))) {
      case ".csv", ".gz", ".zst" -> new CsvSink(path);
      case ".arrow" -> new ArrowSink(path);
      case ".parquet" -> new ParquetSink(path, Codec.SNAPPY, 30_000);
      default -> new JsonlSink(path);
    };
  }

  /** Read for an output: a file, a compressed one or a folder. */
  private static String in(String out) {
    return out.endsWith(".gz") ? "in.csv.gz" : out.endsWith(".zst") ? "parts" : "in.csv";
  }

  private static Pipeline pipeline(Path folder, String out) {
    return Pipeline.read(
            new CsvSource(folder.resolve(in(out)))
                .withTypes(Map.of("n", "int64", "m", "utf8"))
                .withSplitBytes(16 << 10)
                .withBad(new OnBad.Reject(folder.resolve(out + ".bad"))))
        .then(
            new Lenient(
                new Cast(Columns.of("m"), Types.INT64),
                new OnBad.Reject(folder.resolve(out + ".refused"))))
        .then(new StandardScaler(Columns.of("n")))
        .then(new OneHotEncoder(Columns.of("kind")))
        .write(sink(folder.resolve(out)));
  }

  private static RunOptions options(String mode, Path resume) {
    String[] words = mode.split(" ");
    ExecutionMode execution =
        switch (words[0]) {
          case "threads" -> ExecutionMode.threads(Integer.parseInt(words[1]));
          case "processes" -> ExecutionMode.processes(Integer.parseInt(words[1]));
          case "event-loop" -> ExecutionMode.eventLoop(Integer.parseInt(words[1]));
          default -> ExecutionMode.inline();
        };
    return RunOptions.defaults()
        .withMode(execution)
        .withResume(new Resume(resume, Duration.ofMillis(5)));
  }

  /** Runs and prints what is told of it; in a process of its own, to be killed. */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    try (Engine engine = Engine.open()) {
      RunOptions options = options(args[2], folder.resolve(args[1] + ".resume"));
      RunReport report = engine.run(pipeline(folder, args[1]), options);
      System.out.println(told(report) + " " + report.resumedRows());
    }
  }

  private static String told(RunReport report) {
    return String.join(
        " ",
        report.digest().toString(),
        Long.toString(report.rowsIn()),
        Long.toString(report.rowsOut()),
        Long.toString(report.bytesOut()),
        report.bad().rows() + " " + report.bad().first(),
        report.badInStages().get("1 Cast").rows() + "",
        report.badInStages().get("1 Cast").first());
  }

  private Process start(String out, String mode) throws IOException {
    List<String> command =
        Jvm.command(List.of(), ResumeTest.class.getName(), List.of(folder.toString(), out, mode));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  @ParameterizedTest
  @ValueSource(strings = {".csv", ".arrow", ".parquet", ".jsonl", ".csv.gz", ".csv.zst"})
  void killedRunsWriteTheSameBytes(String end) throws Exception {
    otherInputs();
    Random random = new Random(11);
    String expected;
    try (Engine engine = Engine.open()) {
      RunOptions plain = RunOptions.defaults().withDigest();
      expected = told(engine.run(pipeline(folder, "plain" + end), plain));
    }
    Path journal = folder.resolve("out" + end + ".resume");
    Path position = journal.resolve("position");
    int kills = 0;
    String said = null;
    for (int i = 0; said == null; i++) {
      byte[] before = read(position);
      Process run = start("out" + end, MODES.get(i % MODES.size()));
      // It has to get further before it is killed, and is then killed a random while later.
      while (kills < 6 && run.isAlive() && same(before, read(position))) {
        run.waitFor(1, TimeUnit.MILLISECONDS);
      }
      if (kills < 6 && !run.waitFor(random.nextInt(40), TimeUnit.MILLISECONDS)) {
        run.destroyForcibly();
      }
      if (run.waitFor() != 0) {
        assertEquals(137, run.exitValue());
        kills++;
      } else if (kills > 0) {
        said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      } // Else it was over before it could be killed: the next begins anew.
    }
    int last = said.lastIndexOf(' ');
    assertEquals(expected.replace("plain", "out"), said.substring(0, last));
    assertTrue(Long.parseLong(said.substring(last + 1)) > 0, "it began anew");
    for (String name : List.of(end, end + ".bad", end + ".refused")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("plain" + name)),
          Files.readAllBytes(folder.resolve("out" + name)));
    }
    assertFalse(Files.exists(journal));
  }

  private static byte[] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (java.nio.file.NoSuchFileException e) {
      return new byte[0];
    }
  }

  private static boolean same(byte[] a, byte[] b) {
    return java.util.Arrays.equals(a, b);
  }

  @ParameterizedTest
  @ValueSource(strings = {".csv", ".arrow", ".parquet", ".jsonl"})
  void aFullDiskIsAnErrorAfterWhichTheRunGoesOn(String end) throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    String name = disk.toString();
    assumeTrue(
        command("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", name) == 0, "cannot mount");
    mounted = disk;
    Path out = disk.resolve("out" + end);
    Pipeline full = pipeline(folder, "plain" + end).write(sink(out));
    RunOptions options = options("threads 2", disk.resolve("resume"));
    try (Engine engine = Engine.open()) {
      String expected =
          told(engine.run(pipeline(folder, "plain" + end), RunOptions.defaults().withDigest()));
      String message =
          assertThrows(PipelineException.class, () -> engine.run(full, options)).getMessage();
      // The output, or what is kept to resume it.
      assertTrue(message.startsWith("sink: cannot write " + disk), message);
      assertTrue(message.contains("No space left on device"), message);
      assertFalse(Files.exists(out));
      assertEquals(0, command("mount", "-o", "remount,size=100m", name));
      RunReport report = engine.run(full, options);
      assertEquals(expected, told(report));
      assertTrue(report.resumedRows() > 0);
    }
    assertArrayEquals(Files.readAllBytes(folder.resolve("plain" + end)), Files.readAllBytes(out));
  }

  private static int command(String... words) throws Exception {
    return new ProcessBuilder(words).redirectErrorStream(true).start().waitFor();
  }

  @Test
  void whatIsNotTheSameRunIsNotResumed() throws Exception {
    Path resume = folder.resolve("resume");
    String other =
        "cannot resume: "
            + resume
            + " is of a run with other data, steps, output or version of Baton; remove it to begin"
            + " anew";
    Pipeline pipeline = pipeline(folder, "out.csv");
    Pipeline failing =
        pipeline.from(new CsvSource(folder.resolve("in.csv")).withTypes(Map.of("n", "int64")));
    try (Engine engine = Engine.open()) {
      RunOptions options = options("inline", resume);
      assertThrows(PipelineException.class, () -> engine.run(failing, options));
      assertEquals(
          other,
          assertThrows(PipelineException.class, () -> engine.run(pipeline, options)).getMessage());
      Path in = folder.resolve("in.csv");
      Files.write(in, Files.readAllBytes(in));
      assertEquals(
          other,
          assertThrows(PipelineException.class, () -> engine.run(failing, options)).getMessage());
      assertEquals(
          "a run without a sink cannot be resumed",
          assertThrows(PipelineException.class, () -> engine.run(pipeline.write(null), options))
              .getMessage());
    }
  }
}
