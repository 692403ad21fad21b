package dev.baton.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.Sink;
import dev.baton.engine.source.Source;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.expression.Expression;
import dev.baton.operators.expression.Filter;
import dev.baton.operators.io.arrow.ArrowSink;
import dev.baton.operators.io.arrow.ArrowSource;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.io.files.FilesSource;
import dev.baton.operators.io.text.TextSource;
import dev.baton.operators.json.JsonlSink;
import dev.baton.operators.json.JsonlSource;
import dev.baton.operators.parquet.Codec;
import dev.baton.operators.parquet.ParquetSink;
import dev.baton.operators.parquet.ParquetSource;
import dev.baton.operators.rows.Lenient;
import dev.baton.operators.sample.Shuffle;
import dev.baton.operators.scale.StandardScaler;
import dev.baton.operators.select.Cast;
import dev.baton.operators.select.Rename;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows that a step rejects name the place in the file they came from, in every mode, however the
 * file was cut and whatever steps before did with the rows.
 */
@Tag("process")
@Timeout(300)
class RejectedRowsTest {
  private static final int ROWS = 3000;
  private static final Pattern REJECT =
      Pattern.compile(
          "\"([^\"]*)\",(\\d*),(\\d*),(\\d*),\"v\",\".*?\",\"\\{\"\"id\"\": (\\d+), .*");

  private static final ExecutionMode SPLITS =
      ExecutionMode.processes(2).withShip(ExecutionMode.Ship.SPLITS);

  @TempDir Path folder;

  private final List<RunOptions> modes = new ArrayList<>();

  RejectedRowsTest() {
    modes.add(Variants.baseline());
    for (ExecutionMode mode :
        List.of(
            ExecutionMode.threads(2),
            ExecutionMode.eventLoop(3),
            SPLITS,
            ExecutionMode.processes(2).withShip(ExecutionMode.Ship.DATA))) {
      modes.add(Variants.baseline().withMode(mode));
    }
  }

  private static boolean isBad(int id) {
    return id % 50 == 7;
  }

  /** Some rows of a file with quoted newlines, and with rows that the source itself refuses. */
  private Path csv(String name, int first) throws IOException {
    StringBuilder csv = new StringBuilder("id,note,v\n");
    for (int id = first; id < first + ROWS; id++) {
      csv.append(id).append(id % 9 == 0 ? ",\"two\nlines\"," : ",é,");
      csv.append(isBad(id) ? "x" : "" + id % 10).append('\n');
      csv.append(id % 400 == 3 ? "too,many,fields,here\n" : "");
    }
    return write(name, csv.toString());
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    try (OutputStream out =
        name.endsWith(".gz")
            ? new GZIPOutputStream(Files.newOutputStream(file))
            : new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private static CsvSource source(Path path) {
    return new CsvSource(path)
        .withTypes(Map.of("id", "int64", "note", "utf8", "v", "utf8"))
        .withSplitBytes(5000);
  }

  private static boolean isPacked(Source source) {
    return source instanceof CsvSource csv && csv.path().toString().endsWith(".gz");
  }

  /** What all modes reject of the rows that a filter leaves, shuffled; in the order of the ids. */
  private List<Matcher> rejected(Source source) throws IOException {
    Path to = folder.resolve("bad.csv");
    Pipeline pipeline =
        Pipeline.read(source)
            .then(new Filter(Expression.parse("id % 3 <> 1")))
            .then(new Shuffle(5))
            .then(new Lenient(new Cast(Columns.of("v"), Types.INT64), new OnBad.Reject(to)))
            .then(new StandardScaler(Columns.of("v")));
    String inline = null;
    try (Engine engine = Engine.open()) {
      for (RunOptions options : modes) {
        if (isPacked(source) && options.mode().equals(SPLITS)) {
          continue; // they hold their text
        }
        engine.run(pipeline, options);
        String text = Files.readString(to);
        inline = inline == null ? text : inline;
        assertEquals(inline, text, options.toString());
      }
    }
    List<String> lines = inline.lines().toList();
    assertEquals("file,line,byte,row,column,rule,text", lines.get(0));
    List<Matcher> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      Matcher row = REJECT.matcher(line);
      assertTrue(row.matches(), line);
      rows.add(row);
    }
    rows.sort(
        (a, b) -> Integer.compare(Integer.parseInt(a.group(5)), Integer.parseInt(b.group(5))));
    return rows;
  }

  private static List<Integer> ids(int first, int count) {
    List<Integer> ids = new ArrayList<>();
    for (int id = first; id < first + count; id++) {
      if (isBad(id) && id % 3 != 1) {
        ids.add(id);
      }
    }
    return ids;
  }

  private static void checkIds(List<Integer> expected, List<Matcher> rows) {
    assertEquals(expected, rows.stream().map(row -> Integer.valueOf(row.group(5))).toList());
  }

  /** Looks where each row is said to be. */
  private static void checkText(Path file, byte[] text, List<Matcher> rows, String start) {
    for (Matcher row : rows) {
      int at = Integer.parseInt(row.group(3));
      String id = String.format(start, row.group(5));
      String there = new String(text, at, id.length(), StandardCharsets.UTF_8);
      assertEquals(id, there, row.group());
      long before =
          new String(text, 0, at, StandardCharsets.UTF_8).chars().filter(c -> c == '\n').count();
      assertEquals(before + 1, Long.parseLong(row.group(2)), row.group());
      assertEquals("", row.group(4));
      assertEquals(file.toString(), row.group(1));
    }
  }

  @Test
  void ofCsvNameFileLineAndByte() throws IOException {
    Path one = csv("in/1.csv", 0);
    Path two = csv("in/2.csv", ROWS);
    Path packed = csv("packed.csv.gz", 0);
    List<Matcher> rows =
        rejected(source(folder.resolve("in")).withBad(new OnBad.Skip(Long.MAX_VALUE, 1)));
    checkIds(ids(0, 2 * ROWS), rows);
    int half = ids(0, ROWS).size();
    checkText(one, Files.readAllBytes(one), rows.subList(0, half), "%s,");
    checkText(two, Files.readAllBytes(two), rows.subList(half, rows.size()), "%s,");
    rows = rejected(source(packed).withBad(new OnBad.Skip(Long.MAX_VALUE, 1)));
    checkIds(ids(0, ROWS), rows);
    checkText(packed, Files.readAllBytes(one), rows, "%s,");
  }

  @Test
  void ofJsonLinesNameFileLineAndByte() throws IOException {
    Path in = write("in.csv", plain());
    Path jsonl = folder.resolve("in.jsonl");
    convert(source(in), new JsonlSink(jsonl));
    List<Matcher> rows = rejected(new JsonlSource(jsonl).withSplitBytes(5000));
    checkIds(ids(0, ROWS), rows);
    checkText(jsonl, Files.readAllBytes(jsonl), rows, "{\"id\":%s,");
  }

  @Test
  void ofFilesWithoutLinesNameFileAndRow() throws IOException {
    Path in = write("in.csv", plain());
    Path parquet = folder.resolve("in.parquet");
    Path arrow = folder.resolve("in.arrow");
    convert(source(in), new ParquetSink(parquet, Codec.SNAPPY, 700));
    convert(source(in), new ArrowSink(arrow));
    for (Source source : List.of(new ParquetSource(parquet), new ArrowSource(arrow))) {
      List<Matcher> rows = rejected(source);
      checkIds(ids(0, ROWS), rows);
      for (Matcher row : rows) {
        assertEquals("", row.group(2) + row.group(3));
        assertEquals(row.group(5), row.group(4));
        assertTrue(row.group(1).matches(".*/in\\.(parquet|arrow)"), row.group());
      }
    }
  }

  private static String plain() {
    StringBuilder csv = new StringBuilder("id,note,v\n");
    for (int id = 0; id < ROWS; id++) {
      csv.append(id).append(",a,").append(isBad(id) ? "x" : "" + id % 10).append('\n');
    }
    return csv.toString();
  }

  private static void convert(Source from, Sink to) {
    try (Engine engine = Engine.open()) {
      engine.run(Pipeline.read(from).write(to), Variants.baseline());
    }
  }

  @Test
  void ofLinesOfTextAndOfWholeFiles() throws IOException {
    Path text = write("t/a.txt", "1\n2\r\n3\nx\n5\n");
    Path other = write("t/b.txt", "y");
    for (RunOptions options : modes) {
      assertEquals(
          List.of(text + ",4,7,", other + ",1,0,"),
          places(new TextSource(folder.resolve("t"), "line", TextSource.Unit.LINES, 3), options));
      assertEquals(
          List.of(text + ",,,", other + ",,,"),
          places(
              new FilesSource(folder.resolve("t"), FilesSource.Content.TEXT, 1 << 20, 1 << 20),
              options));
    }
  }

  private List<String> places(Source source, RunOptions options) throws IOException {
    Path to = folder.resolve("places.csv");
    boolean files = source instanceof FilesSource;
    Pipeline pipeline =
        Pipeline.read(source)
            .then(new Rename(Map.of(files ? "text" : "line", "v")))
            .then(new Lenient(new Cast(Columns.of("v"), Types.INT64), new OnBad.Reject(to)));
    try (Engine engine = Engine.open()) {
      engine.run(pipeline, options);
    }
    return Files.readAllLines(to).stream()
        .filter(line -> line.startsWith("\"" + folder))
        .map(line -> String.join(",", Arrays.copyOf(line.replace("\"", "").split(","), 4)))
        .toList();
  }
}
