package dev.baton.cli;

import static dev.baton.cli.CommandLineRun.PENGUINS;
import static dev.baton.cli.CommandLineRun.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comes through standard input and goes to standard output, in processes of their own. */
@Tag("process")
@Timeout(300)
class StandardStreamsTest {
  @TempDir Path folder;

  /** What a process wrote to standard output, byte by byte, and to standard error. */
  private record Piped(int code, Path out, String err) {}

  private Piped pipe(byte[] in, String... args) throws Exception {
    Process process = CommandLineRun.start(args);
    Path err = folder.resolve("err");
    Thread errors =
        new Thread(
            () -> {
              try {
                Files.copy(process.getErrorStream(), err);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    Files.deleteIfExists(err);
    errors.start();
    Thread input =
        new Thread(
            () -> {
              try (OutputStream to = process.getOutputStream()) {
                to.write(in);
              } catch (IOException e) {
                // It has ended without reading all.
              }
            });
    input.start();
    Path out = Files.createTempFile(folder, "out", ".arrow");
    Files.copy(process.getInputStream(), out, StandardCopyOption.REPLACE_EXISTING);
    int code = process.waitFor();
    input.join();
    errors.join();
    return new Piped(code, out, Files.readString(err));
  }

  @Test
  void rowsComeInAndGoOutAndNothingElseDoes() throws Exception {
    Path file =
        file(
            folder,
            "source: {csv: {path: '-', nulls: [NA], split-bytes: 2KiB}}",
            "steps: [{standard-scaler: {columns: [body_mass_g]}}]",
            "sink: {csv: {path: out.csv}}");
    byte[] in = Files.readAllBytes(PENGUINS);
    CommandLineRun.of("run", file, "--in", PENGUINS).exits(ExitCodes.OK);
    String expected = Files.readString(folder.resolve("out.csv"));
    for (String mode : List.of("inline", "threads", "processes", "event-loop", "auto")) {
      Piped piped =
          pipe(in, "run", file.toString(), "--out", "-", "--mode", mode, "--digest", "--profile");
      assertEquals(ExitCodes.OK, piped.code(), piped.err());
      assertEquals(expected, Files.readString(piped.out()), mode);
      assertTrue(piped.err().contains("rows    344 in, 344 out"), piped.err());
      assertTrue(piped.err().contains("output  standard output, "), piped.err());
    }
    assertFalse(Files.exists(Path.of("-")));
  }

  @Test
  void binaryFormatsPassThroughToo() throws Exception {
    Path csv =
        file(folder, "source: {csv: {path: '-', nulls: [NA]}}", "sink: {arrow: {path: '-'}}");
    Piped arrow = pipe(Files.readAllBytes(PENGUINS), "run", csv.toString());
    assertEquals(ExitCodes.OK, arrow.code(), arrow.err());

    Path parquet =
        Files.writeString(
            folder.resolve("second.yaml"),
            "source: {arrow: {path: '-'}}\nsink: {parquet: {path: '-'}}\n");
    Piped second = pipe(Files.readAllBytes(arrow.out()), "run", parquet.toString());
    assertEquals(ExitCodes.OK, second.code(), second.err());
    Path last = Files.move(second.out(), folder.resolve("p.parquet"));
    assertEquals(digest(csv, PENGUINS), digest(csv, arrow.out()));
    assertEquals(digest(csv, PENGUINS), digest(csv, last));
  }

  private String digest(Path file, Path in) {
    Path to = folder.resolve("copy.arrow");
    String out = CommandLineRun.of("run", file, "--in", in, "--out", to, "--digest").exits(0).out();
    return out.substring(out.indexOf("digest"));
  }

  @Test
  void whatIsWrongInItIsNamed() throws Exception {
    Path file = file(folder, "source: {csv: {path: '-', types: {a: int64}}}");
    byte[] in = "a\n1\nx\n".getBytes(StandardCharsets.UTF_8);
    Piped bad = pipe(in, "run", file.toString(), "--out", "-");
    assertEquals(ExitCodes.FAILED, bad.code());
    assertTrue(
        bad.err().contains("standard input, line 3 (byte 4), column 'a': expected int64"),
        bad.err());
    Piped none = pipe(new byte[0], "run", file.toString());
    assertEquals("baton: source: standard input is empty: expected a header line\n", none.err());
  }

  /** The first rows come out before the last ones are written, and nothing is kept in a file. */
  @Test
  void whatIsReadOnceStreams() throws Exception {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    Path file =
        file(
            folder,
            "source: {csv: {path: '-', split-bytes: 64KiB, sample-rows: 100}}",
            "steps: [{log1p: {columns: [a]}}]",
            "sink: {csv: {path: '-'}}");
    byte[] some = "1.5,some text\n".repeat(400_000).getBytes(StandardCharsets.UTF_8);
    for (String mode : List.of("inline", "threads", "event-loop")) {
      Process process =
          CommandLineRun.command(
                  List.of("-Djava.io.tmpdir=" + temporary),
                  "run",
                  file.toString(),
                  "--mode",
                  mode,
                  "--memory",
                  "16MiB")
              .redirectError(folder.resolve("err").toFile())
              .start();
      CountDownLatch first = new CountDownLatch(1);
      Thread input =
          new Thread(
              () -> {
                try (OutputStream to = process.getOutputStream()) {
                  to.write("a,b\n".getBytes(StandardCharsets.UTF_8));
                  to.write(some);
                  first.await();
                  to.write(some);
                } catch (IOException | InterruptedException e) {
                  // It has ended without reading all, which the rows tell.
                }
              });
      input.start();
      try (BufferedReader rows =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        assertEquals("a,b", rows.readLine());
        try (Stream<Path> kept = Files.list(temporary)) {
          assertEquals(List.of(), kept.filter(p -> p.toString().contains("stdin")).toList());
        }
        first.countDown();
        assertEquals(800_000, rows.lines().count(), mode);
      }
      assertEquals(0, process.waitFor(), Files.readString(folder.resolve("err")));
      input.join();
    }
  }

  @Test
  void nothingOfItStaysBehind() throws Exception {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    Path file = file(folder, "source: {csv: {path: '-'}}", "sink: {csv: {path: out.csv}}");
    ProcessBuilder builder =
        CommandLineRun.command(List.of("-Djava.io.tmpdir=" + temporary), "run", file.toString());
    Process process = builder.redirectErrorStream(true).start();
    try (OutputStream to = process.getOutputStream()) {
      to.write("a\n1\n".getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(List.of(), left.filter(p -> p.toString().contains("baton-stdin")).toList());
    }
  }

  @Test
  void whatCannotBeIsSaid() {
    CommandLineRun.of("run", "penguins", "--out", "-", "--resume")
        .exits(ExitCodes.USAGE)
        .complains("baton: --resume cannot take back what is on standard output; name a file");
  }
}
