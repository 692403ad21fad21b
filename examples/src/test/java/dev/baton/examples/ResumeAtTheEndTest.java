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
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Encoder;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.OpenSink;
import dev.baton.engine.source.Sink;
import dev.baton.engine.testkit.Jvm;
import dev.baton.operators.io.csv.CsvSink;
import dev.baton.operators.io.csv.CsvSource;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Wherever in its end a run fails or is killed, nothing has its name before all is complete, and
 * the next run ends with the same files, without doing again what was done.
 */
@Tag("process")
@Timeout(300)
class ResumeAtTheEndTest {
  private static final int ROWS = 5000;

  @TempDir Path folder;

  /** Where something happens, once, if the folder of points has a file of that name. */
  public enum Point {
    /** In the second pass, while it learns. */
    SECOND_PASS,
    /** All is committed. */
    COMPLETING,
    /** All of the output is on disk, but nothing speaks of it. */
    COMPLETE,
    /** The next run needs only give names. */
    NAMING,
    /** The output has its name, but nothing else. */
    NAMED,
    /** The same two in a run that was resumed to give names. */
    NAMING_AGAIN,
    NAMED_AGAIN;

    private static final String FAIL = "fail";
    private static final String KILL = "kill";

    /** Of the disk that the output goes to. */
    private static final String FILL = "fill";

    void in(Path points, Path output) throws IOException {
      Path file = points.resolve(name());
      if (!Files.exists(file)) {
        return;
      }
      String what = Files.readString(file);
      Files.delete(file);
      switch (what) {
        case FAIL -> throw new IOException("failed on purpose");
        case KILL -> Runtime.getRuntime().halt(137);
        case FILL -> fill(output.resolveSibling("ballast"));
        default -> Files.createDirectories(Path.of(what).resolve("in the way"));
      }
    }

    private static void fill(Path ballast) throws IOException {
      byte[] some = new byte[4096];
      try (OutputStream out = Files.newOutputStream(ballast)) {
        while (true) {
          out.write(some);
        }
      } catch (IOException e) {
        assertTrue(e.getMessage().contains("No space left"), e.getMessage());
      }
    }
  }

  /**
   * A file, whose end is not undisturbed.
   *
   * @param path of CSV or Parquet
   * @param points what happens
   */
  public record Disturbed(Path path, Path points) implements Sink {
    private Sink sink() {
      return path.toString().endsWith(".csv")
          ? new CsvSink(path)
          : new ParquetSink(path, Codec.SNAPPY, 900);
    }

    @Override
    public OpenSink open(Schema schema) throws IOException {
      return new Open(sink().open(schema), this);
    }

    @Override
    public OpenSink resume(Schema schema, Path part, byte[] state) throws IOException {
      return new Open(sink().resume(schema, part, state), this);
    }

    @Override
    public void finish(Path part) throws IOException {
      Point.NAMING_AGAIN.in(points, path);
      sink().finish(part);
      Point.NAMED_AGAIN.in(points, path);
    }

    @Override
    public Encoder encoder(Schema schema, KernelContext context) throws IOException {
      return sink().encoder(schema, context);
    }

    @Override
    public Encoded receive(ArrowBuf bytes) {
      return sink().receive(bytes);
    }

    private record Open(OpenSink sink, Disturbed of) implements OpenSink {
      @Override
      public void begin(KernelContext context) throws Exception {
        sink.begin(context);
      }

      @Override
      public void commit(Encoded encoded, KernelContext context) throws Exception {
        sink.commit(encoded, context);
      }

      @Override
      public void complete() throws IOException {
        Point.COMPLETING.in(of.points, of.path);
        sink.complete();
        Point.COMPLETE.in(of.points, of.path);
      }

      @Override
      public void finish() throws IOException {
        Point.NAMING.in(of.points, of.path);
        sink.finish();
        Point.NAMED.in(of.points, of.path);
      }

      @Override
      public byte[] checkpoint() throws IOException {
        return sink.checkpoint();
      }

      @Override
      public long bytes() {
        return sink.bytes();
      }

      @Override
      public void close() throws IOException {
        sink.close();
      }
    }
  }

  /**
   * Learns nothing, from columns that others must have learned of before.
   *
   * @param columns they stay as they are
   * @param points what happens
   */
  public record Late(Columns columns, Path points) implements Estimator<Nothing> {
    @Override
    public BoundEstimator<Nothing> bind(Binder binder) {
      for (var field : binder.read(columns, TypeFamily.NUMERIC)) {
        binder.put(Types.field(field.getName(), Types.FLOAT64));
      }
      return binder.estimator(() -> new Nothing(points), seen -> new Cast(columns, Types.FLOAT64));
    }
  }

  /** What {@link Late} has learned. */
  public record Nothing(Path points) implements FitState<Nothing> {
    @Override
    public void observe(Batch batch) {
      try {
        Point.SECOND_PASS.in(points, points);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void merge(Nothing later) {}

    @Override
    public void write(StateWriter out) {}

    @Override
    public void read(StateReader in) {}
  }

  @BeforeEach
  void aFileWithBadRows() throws IOException {
    StringBuilder text = new StringBuilder("n,m\n");
    for (int i = 0; i < ROWS; i++) {
      text.append(i % 50 == 7 ? "x" : "").append(i).append(',');
      text.append(i % 60 == 8 ? "y" : "").append(i % 10).append('\n');
    }
    Files.writeString(folder.resolve("in.csv"), text);
    Files.createDirectory(folder.resolve("points"));
    Files.createDirectory(folder.resolve("disk"));
  }

  private Path out(String name) {
    return folder.resolve("disk").resolve(name);
  }

  /** Into a file, with what is rejected beside it if that is wanted. */
  private static Pipeline pipeline(Path folder, String name, boolean rejects) {
    Path out = folder.resolve("disk").resolve(name);
    Path points = folder.resolve("points");
    OnBad bad = rejects ? new OnBad.Reject(Path.of(out + ".bad")) : new OnBad.Skip();
    OnBad refused = rejects ? new OnBad.Reject(Path.of(out + ".refused")) : new OnBad.Skip();
    return Pipeline.read(
            new CsvSource(folder.resolve("in.csv"))
                .withTypes(Map.of("n", "int64", "m", "utf8"))
                .withSplitBytes(2000)
                .withBad(bad))
        .then(new Lenient(new Cast(Columns.of("m"), Types.INT64), refused))
        .then(new StandardScaler(Columns.of("n")))
        .then(new Late(Columns.of("n"), points))
        .write(new Disturbed(out, points));
  }

  private static RunOptions plain() {
    return RunOptions.defaults().withMode(ExecutionMode.inline()).withDigest();
  }

  private static RunOptions options(Path folder) {
    return plain().withResume(new Resume(folder.resolve("disk/resume"), Duration.ZERO));
  }

  private RunReport run(String name, boolean rejects, RunOptions options) {
    try (Engine engine = Engine.open()) {
      return engine.run(pipeline(folder, name, rejects), options);
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
        report.badInStages().toString());
  }

  /** The files written for a name, by what follows it. */
  private Map<String, byte[]> written(String name) throws IOException {
    Map<String, byte[]> written = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder.resolve("disk"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.getFileName().toString().startsWith(name)) {
          written.put(file.getFileName().toString().substring(name.length()), read(file));
        }
      }
    }
    return written;
  }

  private static byte[] read(Path file) throws IOException {
    return Files.readAllBytes(file);
  }

  private static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> written) {
    assertEquals(expected.keySet(), written.keySet());
    expected.forEach((name, bytes) -> assertArrayEquals(bytes, written.get(name), name));
  }

  private void at(Point point, String what) throws IOException {
    Files.writeString(folder.resolve("points").resolve(point.name()), what);
  }

  private String failure(String name, boolean rejects, RunOptions options) {
    return assertThrows(PipelineException.class, () -> run(name, rejects, options)).getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {".csv", ".parquet"})
  void aFailureBeforeTheOutputHasItsNameLeavesNothing(String end) throws Exception {
    for (Point point : List.of(Point.COMPLETING, Point.COMPLETE, Point.NAMING)) {
      at(point, Point.FAIL);
      assertEquals("sink: failed on purpose", failure("out" + end, true, plain()));
      assertEquals(Map.of(), written(""), point.name());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".csv", ".parquet"})
  void aRunThatFailedInItsEndGoesOn(String end) throws Exception {
    for (boolean rejects : new boolean[] {true, false}) {
      String name = (rejects ? "rejecting" : "skipping") + end;
      String expected = told(run("plain" + end, rejects, plain())).replace("plain", "rejecting");
      Map<String, byte[]> files = written("plain" + end);
      assertEquals(rejects ? 3 : 1, files.size());
      for (Point point : Point.values()) {
        boolean again = point == Point.NAMING_AGAIN || point == Point.NAMED_AGAIN;
        if (again) {
          at(Point.NAMING, Point.FAIL);
          assertEquals("sink: failed on purpose", failure(name, rejects, options(folder)));
        }
        at(point, Point.FAIL);
        String message = failure(name, rejects, options(folder));
        assertTrue(message.endsWith("failed on purpose"), message);
        boolean named = point == Point.NAMED || point == Point.NAMED_AGAIN;
        assertEquals(named ? 1 : 0, unless(".part-resume", written(name)), point.name());
        RunReport report = run(name, rejects, options(folder));
        assertEquals(expected, told(report), point.name());
        assertSame(files, written(name));
        assertFalse(Files.exists(out("resume")));
        assertEquals(point == Point.SECOND_PASS ? 2 : 1, report.passes().size(), point.name());
        boolean over = again || point == Point.NAMING || named;
        assertEquals(over, report.resumedRows() == report.rowsIn(), point.name());
        for (String file : files.keySet()) {
          Files.delete(out(name + file));
        }
      }
      for (String file : files.keySet()) {
        Files.delete(out("plain" + end + file));
      }
    }
  }

  private static long unless(String end, Map<String, byte[]> written) {
    return written.keySet().stream().filter(name -> !name.endsWith(end)).count();
  }

  @ParameterizedTest
  @ValueSource(strings = {".csv", ".parquet"})
  void aRunWhoseNamesAreTakenGoesOn(String end) throws Exception {
    String name = "out" + end;
    String expected = told(run("plain" + end, true, plain())).replace("plain", "out");
    for (String taken : List.of(end, end + ".bad", end + ".refused")) {
      at(Point.NAMING, out("out" + taken).toString());
      String message = failure(name, true, options(folder));
      assertTrue(message.contains("its name " + out("out" + taken)), message);
      Files.delete(out("out" + taken).resolve("in the way"));
      Files.delete(out("out" + taken));
      RunReport report = run(name, true, options(folder));
      assertEquals(expected, told(report));
      assertEquals(report.rowsIn(), report.resumedRows());
      assertSame(written("plain" + end), written(name));
      for (String file : written(name).keySet()) {
        Files.delete(out(name + file));
      }
    }
    // What is in the way of removing the journal is found when all is done.
    at(Point.NAMED, out("resume").resolve("stuck").toString());
    failure(name, true, options(folder));
    assertSame(written("plain" + end), written(name));
    Files.delete(out("resume").resolve("stuck/in the way"));
    Files.delete(out("resume").resolve("stuck"));
    assertEquals(expected, told(run(name, true, options(folder))));
    assertSame(written("plain" + end), written(name));
    assertFalse(Files.exists(out("resume")));
  }

  @ParameterizedTest
  @ValueSource(strings = {".csv", ".parquet"})
  void aFullDiskInTheEndIsAnErrorAfterWhichTheRunGoesOn(String end) throws Exception {
    String name = "out" + end;
    Pipeline plain =
        pipeline(folder, name, true).write(new Disturbed(folder.resolve(name), folder));
    String expected;
    try (Engine engine = Engine.open()) {
      expected = told(engine.run(plain, plain()));
    }
    String disk = folder.resolve("disk").toString();
    assumeTrue(
        command("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk) == 0, "cannot mount");
    try {
      for (Point point : List.of(Point.COMPLETING, Point.COMPLETE)) {
        at(point, Point.FILL);
        String message = failure(name, true, options(folder));
        assertTrue(message.contains("No space left on device"), message);
        assertEquals(0, unless(".part-resume", written(name)));
        Files.delete(out("ballast"));
        assertEquals(expected, told(run(name, true, options(folder))));
        assertArrayEquals(read(folder.resolve(name)), read(out(name)));
        assertEquals(3, written(name).size());
        for (String file : List.of("", ".bad", ".refused")) {
          Files.delete(out(name + file));
        }
      }
      // Names take no space.
      at(Point.NAMING, Point.FILL);
      assertEquals(expected, told(run(name, true, options(folder))));
      assertArrayEquals(read(folder.resolve(name)), read(out(name)));
    } finally {
      assertEquals(0, command("umount", disk));
    }
  }

  private static int command(String... words) throws Exception {
    return new ProcessBuilder(words).redirectErrorStream(true).start().waitFor();
  }

  /** A run in a process of its own, to be killed. */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    try (Engine engine = Engine.open()) {
      RunReport report = engine.run(pipeline(folder, args[1], true), options(folder));
      System.out.print(told(report));
    }
  }

  private Process start(String name) throws IOException {
    List<String> command =
        Jvm.command(
            List.of(), ResumeAtTheEndTest.class.getName(), List.of(folder.toString(), name));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  @ParameterizedTest
  @ValueSource(strings = {".csv", ".parquet"})
  void aRunThatIsKilledOnEachStepOfItsEndComesToIt(String end) throws Exception {
    String name = "out" + end;
    String expected = told(run("plain" + end, true, plain())).replace("plain", "out");
    List<Point> points = new ArrayList<>(Arrays.asList(Point.values()));
    points.remove(Point.NAMED); // after it there is no naming again
    for (Point point : points) {
      at(point, Point.KILL);
    }
    String said = "";
    int kills = 0;
    while (said.isEmpty()) {
      Process run = start(name);
      said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(said.isEmpty() ? 137 : 0, run.waitFor());
      kills += said.isEmpty() ? 1 : 0;
    }
    assertEquals(points.size(), kills);
    assertEquals(expected, said);
    assertSame(written("plain" + end), written(name));
  }

  @Test
  void anOutputThatIsGoneIsAnError() throws Exception {
    at(Point.NAMED, Point.FAIL);
    failure("out.csv", false, options(folder));
    Files.delete(out("out.csv"));
    assertEquals(
        "sink: cannot resume "
            + out("out.csv")
            + ": it was complete, but is gone; remove the folder of the run to begin anew",
        failure("out.csv", false, options(folder)));
  }
}
