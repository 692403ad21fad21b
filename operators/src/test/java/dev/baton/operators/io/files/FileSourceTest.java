package dev.baton.operators.io.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import dev.baton.engine.spec.RecordCodec;
import dev.baton.engine.testkit.FakeContext;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.io.Tables;
import dev.baton.operators.io.arrow.ArrowSink;
import dev.baton.operators.io.arrow.ArrowSource;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.io.text.TextSource;
import dev.baton.operators.scale.StandardScaler;
import dev.baton.operators.select.Drop;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private CsvSource csv(String path) {
    return new CsvSource(folder.resolve(path));
  }

  private static List<List<Object>> cells(Rows rows) {
    return rows.cells().stream().map(Arrays::asList).toList();
  }

  private List<Object> numbers(String path) throws Exception {
    return Tables.read(csv(path)).column("a");
  }

  private String failure(Source source) {
    return assertThrows(SourceException.class, () -> source.open().close())
        .getMessage()
        .replace(folder + "/", "");
  }

  private static String types(OpenSource open) {
    List<String> types = new ArrayList<>();
    for (Field field : open.schema().getFields()) {
      types.add(field.getName() + " " + Types.name(field.getType()));
    }
    return String.join(", ", types);
  }

  @Test
  void foldersAndPatternsAreTheirFilesInTheOrderOfTheirPaths() throws Exception {
    file("d/b.csv", "a\n3\n");
    file("d/a.csv", "a\n1\n2\n");
    file("d/x/y/c.csv", "a\n5\n");
    file("d/x/z.tsv", "a\n6\n");
    file("d/.hidden/a.csv", "a\n7\n");
    file("d/_SUCCESS", "");
    file("d/out.csv.part-8f00000000000001", "b\n");
    assertEquals(List.of(1L, 2L, 3L, 5L, 6L), numbers("d"));
    assertEquals(List.of(1L, 2L, 3L), numbers("d/*.csv"));
    assertEquals(List.of(1L, 2L, 3L, 5L), numbers("d/**/*.csv"));
    assertEquals(List.of(5L, 6L), numbers("d/x"));
    assertEquals(List.of(5L, 6L), numbers("d/[w-x]"));
    assertEquals(List.of(3L, 5L), numbers("**/{b,c}.csv"));
    assertEquals(List.of(5L), numbers("d/?/**/c.csv"));
    assertEquals(List.of(7L), numbers("d/.h*/*"));
    // A file of exactly that name comes first.
    file("d/[w-x]", "a\n9\n");
    assertEquals(List.of(9L), numbers("d/[w-x]"));
  }

  @Test
  void foldersWithValuesAreColumns() throws Exception {
    file("d/year=2023/city=New%20York/a.csv", "a,b\n1,x\n2,y\n");
    file("d/year=2024/city=__HIVE_DEFAULT_PARTITION__/a.csv", "b,a\nz,3\n");
    file("d/year=2024/city=Bath/plain/a.csv", "a,b\n4,w\n");
    assertEquals(
        List.of(
            List.of(1L, "x", 2023L, "New York"),
            List.of(2L, "y", 2023L, "New York"),
            List.of(4L, "w", 2024L, "Bath"),
            Arrays.asList(3L, "z", 2024L, null)),
        cells(Tables.read(csv("d"))));
    try (OpenSource open = csv("d").open()) {
      assertEquals("a int64, b utf8, year int64, city utf8", types(open));
    }
    assertEquals(
        List.of(2023L, 2023L, 2024L, 2024L), Tables.read(csv("d"), List.of("year")).column("year"));
    assertEquals(4, Tables.read(csv("d"), List.of()).size());
    // What the path names outright is no column.
    try (OpenSource open = csv("d/year=2024/*/**/a.csv").open()) {
      assertEquals("a int64, b utf8, city utf8", types(open));
    }
    // Where text is expected, integers are text.
    try (OpenSource open = csv("d").open();
        OpenSource text =
            csv("d").expecting(Rows.schema("year", Types.UTF8, "a", Types.FLOAT64)).open()) {
      assertEquals("a float64, b utf8, year utf8, city utf8", types(text));
      assertNotEquals(open.schema(), text.schema());
    }
  }

  @Test
  void guessedTypesFitAllFiles() throws Exception {
    file("d/1.csv", "a,b,c,d\n1,,5,\n");
    file("d/2.csv", "a,b,c,d\n1.5,7,x,\n");
    try (OpenSource open = csv("d").open()) {
      assertEquals("a float64, b int64, c utf8, d utf8", types(open));
    }
    assertEquals(
        List.of(Arrays.asList(1.0, null, "5", null), Arrays.asList(1.5, 7L, "x", null)),
        cells(Tables.read(csv("d"))));
  }

  @Test
  void allThatDiffersIsSaidAtOnce() throws Exception {
    file("d/1.csv", "a,b\n1,2\n");
    file("d/2.csv", "a,c\n1,2\n");
    file("d/3.csv", "b\n2\n");
    assertEquals(
        """
        d: the 3 files make no table:
          (expected is what d/1.csv has)
          d/2.csv: column 'b': expected int64 but it is missing
          d/2.csv: column 'c': expected none but found int64
          d/3.csv: column 'a': expected int64 but it is missing""",
        failure(csv("d")));
    file("e/1.csv", "");
    file("e/2.csv", "a,a\n");
    String both = failure(csv("e"));
    assertTrue(both.contains("\n  e/1.csv is empty: expected a header line\n  e/2.csv: "), both);
    file("f/k=1/1.csv", "k\n1\n");
    file("f/k=2/2.csv", "k\n1\n");
    String twice = failure(csv("f"));
    assertTrue(twice.contains("f/k=1/1.csv: column 'k' is in the file and in its folder"), twice);
    file("g/1.csv", "a\n1\n");
    file("g/k=2/2.csv", "a\n1\n");
    String folders = failure(csv("g"));
    assertTrue(
        folders.contains("g/k=2/2.csv: expected folders for the columns [] but found [k]"),
        folders);
  }

  @Test
  void typesThatAreStoredMustBeTheSame() throws Exception {
    Files.createDirectories(folder.resolve("d"));
    Tables.write(
        new ArrowSink(folder.resolve("d/1.arrow")),
        Rows.of(Rows.schema("a", Types.INT64, "b", Types.UTF8), Rows.row(1L, "x")));
    Tables.write(
        new ArrowSink(folder.resolve("d/2.arrow")),
        Rows.of(Rows.schema("a", Types.INT32, "b", Types.UTF8), Rows.row(1, "x")));
    String message = failure(new ArrowSource(folder.resolve("d")));
    assertTrue(message.endsWith("d/2.arrow: column 'a': expected int64 but found int32"), message);
  }

  @Test
  void whereThereIsNothingWhatIsNearestIsNamed() throws Exception {
    file("data/birds.csv", "a\n1\n");
    file("data/2024/x.csv", "a\n1\n");
    Files.createDirectories(folder.resolve("empty"));
    assertEquals(
        "no file matches data/brids*.csv; the nearest is data/birds.csv",
        failure(csv("data/brids*.csv")));
    assertEquals(
        "there is no folder date for date/*.csv, did you mean data?", failure(csv("date/*.csv")));
    assertTrue(
        failure(csv("data/bird.csv")).endsWith(", did you mean data/birds.csv?"),
        failure(csv("data/bird.csv")));
    assertTrue(
        failure(csv("dota/birds.csv")).endsWith(", did you mean data?"),
        failure(csv("dota/birds.csv")));
    assertEquals("there is no file in the folder empty", failure(csv("empty")));
  }

  @Test
  void inEveryModeTheRowsAreThoseOfThePieces() throws Exception {
    StringBuilder whole = new StringBuilder("a,b,k\n");
    for (int f = 0; f < 5; f++) {
      StringBuilder text = new StringBuilder("a,b\n");
      for (int i = 0; i < 200 * f; i++) {
        String row = (i * 7 % 13) + "," + (char) ('a' + i % 5);
        text.append(row).append('\n');
        whole.append(row).append(',').append(f % 2).append('\n');
      }
      file("d/f=" + f + "/k=" + f % 2 + "/x.csv", text.toString());
    }
    Path one = file("whole.csv", whole.toString());
    Pipeline pieces =
        Pipeline.read(
                csv("d/*/**/x.csv")
                    .withTypes(Map.of("a", "int64", "b", "utf8"))
                    .withSplitBytes(300))
            .then(new Drop(Columns.of("f")));
    Pipeline scaled = pieces.then(new StandardScaler(Columns.of("a", "k")));
    try (Engine engine = Engine.open()) {
      Object digest = engine.run(Pipeline.read(new CsvSource(one)), Variants.baseline()).digest();
      Object scaledDigest = engine.run(scaled, Variants.baseline()).digest();
      for (RunOptions options : Variants.all()) {
        assertEquals(digest, engine.run(pieces, options).digest(), options.toString());
        assertEquals(scaledDigest, engine.run(scaled, options).digest(), options.toString());
      }
    }
  }

  @Test
  void badRowsNameTheirFile() throws Exception {
    file("d/1.csv", "a\n1\n");
    Path second = file("d/2.csv", "a\n2\nx\n");
    CsvSource source = csv("d").withTypes(Map.of("a", "int64"));
    try (Engine engine = Engine.open()) {
      RunReport report = engine.run(Pipeline.read(source.withBad(new OnBad.Skip())));
      assertEquals(2, report.rowsOut());
      assertEquals(
          second + ", line 3 (byte 4), column 'a': expected int64 but found 'x'",
          report.bad().first());
      String message =
          assertThrows(RuntimeException.class, () -> engine.run(Pipeline.read(source)))
              .getMessage();
      assertTrue(message.contains(second + ", line 3 (byte 4), column 'a'"), message);
    }
  }

  @Test
  void theVersionIsThatOfAllFiles() throws Exception {
    file("d/1.csv", "a\n1\n");
    file("d/2.csv", "a\n1\n");
    String before = version();
    assertEquals(before, version());
    file("d/2.csv", "a\n12\n");
    String changed = version();
    assertNotEquals(before, changed);
    file("d/3.csv", "a\n1\n");
    assertNotEquals(changed, version());
  }

  private String version() throws IOException {
    try (OpenSource open = csv("d").open()) {
      return open.version();
    }
  }

  @Test
  void otherProcessesDecodeSplitsWithoutLookingForFiles() throws Exception {
    file("d/k=1/1.csv", "a\n1\n2\n");
    file("d/k=2/2.csv", "a\n3.5\n");
    try (RootAllocator allocator = new RootAllocator();
        OpenSource here = csv("d").open()) {
      byte[] source = RecordCodec.write(here.elsewhere());
      // What comes later is not of the table.
      file("d/k=x/0.csv", "other\n1\n");
      List<Object> cells = new ArrayList<>();
      try (OpenSource there = RecordCodec.read(source, Source.class).open();
          var decoder = there.decoder(List.of("a", "k"), new FakeContext(allocator))) {
        assertEquals(here.schema(), there.schema());
        for (Iterator<? extends Split> splits = here.splits(); splits.hasNext(); ) {
          decoder.start(RecordCodec.read(RecordCodec.write(splits.next()), Split.class));
          for (var batch = decoder.next(); batch != null; batch = decoder.next()) {
            cells.addAll(cells(Rows.of(batch)));
            batch.close();
          }
        }
      }
      assertEquals(List.of(List.of(1.0, 1L), List.of(2.0, 1L), List.of(3.5, 2L)), cells);
      byte[] split = RecordCodec.write(here.splits().next());
      file("d/k=1/1.csv", "a\n1\n2\n3\n");
      try (OpenSource there = RecordCodec.read(source, Source.class).open();
          var decoder = there.decoder(List.of("a"), new FakeContext(allocator))) {
        SourceException e =
            assertThrows(
                SourceException.class, () -> decoder.start(RecordCodec.read(split, Split.class)));
        assertTrue(e.getMessage().contains("was written to while it was read"), e.getMessage());
      }
    }
  }

  @Test
  void textFilesAreOneText() throws Exception {
    file("d/1.txt", "one\ntwo");
    file("d/2.txt", "three\n");
    assertEquals(
        List.of("one", "two", "three"),
        Tables.read(new TextSource(folder.resolve("d/*.txt"))).column("text"));
  }

  @Test
  void standardInputIsKeptWithinABound() throws Exception {
    Path to = folder.resolve("kept");
    StandardInput.keep(new ByteArrayInputStream(new byte[1000]), to, 1000);
    assertEquals(1000, Files.size(to));
    SourceException e =
        assertThrows(
            SourceException.class,
            () -> StandardInput.keep(new ByteArrayInputStream(new byte[1001]), to, 1000));
    assertEquals(
        "standard input has more than 1000 bytes; write it to a file first, or raise"
            + " -Dbaton.stdin.most-bytes",
        e.getMessage());
    assertEquals(
        "standard input, line 3",
        StandardInput.named("/spool/baton-stdin-12/standard-input, line 3"));
  }
}
