package dev.baton.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.JvmFlags;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.Resume;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.Sink;
import dev.baton.operators.encode.OneHotEncoder;
import dev.baton.operators.io.arrow.ArrowSink;
import dev.baton.operators.io.csv.CsvSink;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.scale.StandardScaler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs killed at random points and resumed, in other modes too, write what an undisturbed one does.
 */
@Tag("process")
@Timeout(300)
class ResumeTest {
  private static final int ROWS = 400_000;
  private static final List<String> MODES =
      List.of("threads 2", "inline", "processes 2", "threads 1");

  @TempDir Path folder;
  private Path mounted;

  @BeforeEach
  void aFileWithBadRows() throws IOException {
    StringBuilder text = new StringBuilder("n,kind,s\n");
    Random random = new Random(1);
    for (int i = 0; i < ROWS; i++) {
      text.append(random.nextInt(1000) == 0 ? "x" : "").append(random.nextInt(100_000));
      text.append(',').append((char) ('a' + random.nextInt(7))).append(",row ").append(i);
      text.append('\n');
    }
    Files.writeString(folder.resolve("in.csv"), text);
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted != null) {
      assertEquals(0, command("umount", mounted.toString()));
    }
  }

  private static Pipeline pipeline(Path folder, String out) {
    Path path = folder.resolve(out);
    Sink sink = out.endsWith(".csv") ? new CsvSink(path) : new ArrowSink(path);
    return Pipeline.read(
            new CsvSource(folder.resolve("in.csv"))
                .withTypes(Map.of("n", "int64"))
                .withSplitBytes(16 << 10)
                .withBad(new OnBad.Reject(folder.resolve(out + ".bad"))))
        .then(new StandardScaler(Columns.of("n")))
        .then(new OneHotEncoder(Columns.of("kind")))
        .write(sink);
  }

  private static RunOptions options(String mode, Path resume) {
    String[] words = mode.split(" ");
    ExecutionMode execution =
        switch (words[0]) {
          case "threads" -> ExecutionMode.threads(Integer.parseInt(words[1]));
          case "processes" -> ExecutionMode.processes(Integer.parseInt(words[1]));
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
        report.bad().rows() + " " + report.bad().first());
  }

  private Process start(String out, String mode) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmFlags.forVersion(Runtime.version().feature()));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(List.of(ResumeTest.class.getName(), folder.toString(), out, mode));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  @Test
  void killedRunsWriteTheSameBytes() throws Exception {
    Random random = new Random(11);
    for (String end : List.of(".csv", ".arrow")) {
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
        while (i < 6 && run.isAlive() && same(before, read(position))) {
          run.waitFor(1, TimeUnit.MILLISECONDS);
        }
        if (i < 6 && !run.waitFor(random.nextInt(40), TimeUnit.MILLISECONDS)) {
          run.destroyForcibly();
        }
        if (run.waitFor() == 0) {
          said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } else {
          assertEquals(137, run.exitValue());
          kills++;
        }
      }
      assertTrue(kills > 0, "the run was over before it could be killed");
      int last = said.lastIndexOf(' ');
      assertEquals(expected.replace("plain", "out"), said.substring(0, last));
      assertTrue(Long.parseLong(said.substring(last + 1)) > 0, "it began anew");
      for (String name : List.of(end, end + ".bad")) {
        assertArrayEquals(
            Files.readAllBytes(folder.resolve("plain" + name)),
            Files.readAllBytes(folder.resolve("out" + name)));
      }
      assertFalse(Files.exists(journal));
    }
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

  @Test
  void aFullDiskIsAnErrorAfterWhichTheRunGoesOn() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    String name = disk.toString();
    assumeTrue(
        command("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", name) == 0, "cannot mount");
    mounted = disk;
    Path out = disk.resolve("out.csv");
    Pipeline full = pipeline(folder, "plain.csv").write(new CsvSink(out));
    RunOptions options = options("threads 2", disk.resolve("resume"));
    try (Engine engine = Engine.open()) {
      String expected =
          told(engine.run(pipeline(folder, "plain.csv"), RunOptions.defaults().withDigest()));
      assertEquals(
          "sink: cannot write " + out + ": No space left on device",
          assertThrows(PipelineException.class, () -> engine.run(full, options)).getMessage());
      assertFalse(Files.exists(out));
      assertEquals(0, command("mount", "-o", "remount,size=100m", name));
      RunReport report = engine.run(full, options);
      assertEquals(expected, told(report));
      assertTrue(report.resumedRows() > 0);
    }
    assertArrayEquals(Files.readAllBytes(folder.resolve("plain.csv")), Files.readAllBytes(out));
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
