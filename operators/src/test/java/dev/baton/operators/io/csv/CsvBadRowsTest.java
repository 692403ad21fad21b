package dev.baton.operators.io.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.io.Tables;
import dev.baton.operators.scale.StandardScaler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of rows that do not fit, wherever the file is cut and in whatever mode. */
class CsvBadRowsTest {
  private static final String TEXT =
      """
      a,b,s
      1,1.5,x
      x,2.5,"q ""1"" y"
      3,3.5
      4,bad,worse,more

      5,y,"two
      lines"
      6,7.5,"z"z
      seven,eight,z
      9,9.5,end
      """;

  private static final Map<String, String> TYPES =
      Map.of("a", "int64", "b", "float64", "s", "utf8");

  @TempDir Path folder;

  private CsvSource source(String text, OnBad bad) throws Exception {
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    return new CsvSource(file).withTypes(TYPES).withBad(bad);
  }

  private static List<List<Object>> cells(Rows rows) {
    return rows.cells().stream().map(Arrays::asList).toList();
  }

  @Test
  void badRowsAreLeftOutWhereverTheFileIsCut() throws Exception {
    List<List<Object>> expected = List.of(List.of(1L, 1.5, "x"), List.of(9L, 9.5, "end"));
    for (int bytes = 1; bytes <= TEXT.length(); bytes++) {
      CsvSource source = source(TEXT, new OnBad.Skip()).withSplitBytes(bytes);
      assertEquals(expected, cells(Tables.read(source)));
    }
  }

  @Test
  void badValuesBecomeNullAndWholeRowsWhereValuesCannotBeToldApart() throws Exception {
    List<List<Object>> expected =
        List.of(
            List.of(1L, 1.5, "x"),
            Arrays.asList(null, 2.5, "q \"1\" y"),
            Arrays.asList(null, null, null),
            Arrays.asList(null, null, null),
            Arrays.asList(5L, null, "two\nlines"),
            Arrays.asList(null, null, null),
            Arrays.asList(null, null, "z"),
            List.of(9L, 9.5, "end"));
    for (int bytes = 1; bytes <= TEXT.length(); bytes++) {
      CsvSource source = source(TEXT, new OnBad.MakeNull()).withSplitBytes(bytes);
      assertEquals(expected, cells(Tables.read(source)));
    }
  }

  @Test
  void allColumnsAreCheckedWhateverIsWanted() throws Exception {
    Rows rows = Tables.read(source(TEXT, new OnBad.Skip()), List.of("s"));
    assertEquals(List.of(List.of("x"), List.of("end")), cells(rows));
    assertEquals(2, Tables.read(source(TEXT, new OnBad.Skip()), List.of()).size());
  }

  @Test
  void rejectedRowsAreWrittenDownTheSameInEveryMode() throws Exception {
    Path rejects = folder.resolve("bad.csv");
    String file = folder.resolve("t.csv").toString();
    String expected =
        """
        file,line,byte,column,rule,text
        "t.csv",3,14,"a","expected int64 but found 'x'","x,2.5,""q \"\"\"\"1\"\"\"\" y\"\"\"
        "t.csv",4,32,,"expected 3 fields but found 2","3,3.5"
        "t.csv",5,38,,"expected 3 fields but found 4","4,bad,worse,more"
        "t.csv",7,58,"b","expected float64 but found 'y'","5,y,""two
        lines\"\"\"
        "t.csv",9,78,"s","expected a delimiter or the end of the line after the closing quote but found 'z'","6,7.5,""z""z"
        "t.csv",10,83,"a","expected int64 but found 'seven'","seven,eight,z"
        "t.csv",10,89,"b","expected float64 but found 'eight'","seven,eight,z"
        """
            .replace("t.csv", file);
    CsvSource source = source(TEXT, new OnBad.Reject(rejects)).withSplitBytes(10);
    Pipeline pipeline =
        Pipeline.read(source)
            .then(new StandardScaler(Columns.of("a")))
            .write(new CsvSink(folder.resolve("out.csv")));
    try (Engine engine = Engine.open()) {
      for (RunOptions options : Variants.all()) {
        RunReport report = engine.run(pipeline, options);
        assertEquals(expected, Files.readString(rejects), options.toString());
        assertEquals(6, report.bad().rows());
        assertEquals(
            file + ", line 3 (byte 14), column 'a': expected int64 but found 'x'",
            report.bad().first());
        assertEquals(2, report.rowsIn());
        assertEquals(
            "a,b,s\n-1.0,1.5,x\n1.0,9.5,end\n", Files.readString(folder.resolve("out.csv")));
        Files.delete(rejects);
      }
    }
  }

  @Test
  void rejectedTextIsKeptByteByByte() throws Exception {
    Path rejects = folder.resolve("bad.csv");
    Path file = folder.resolve("t.csv");
    Files.write(file, "a,b,s\n1,1,caf\u00E9\n".getBytes(StandardCharsets.ISO_8859_1));
    CsvSource source = new CsvSource(file).withTypes(TYPES).withBad(new OnBad.Reject(rejects));
    try (Engine engine = Engine.open()) {
      assertEquals(1, engine.run(Pipeline.read(source)).bad().rows());
    }
    String text = Files.readString(rejects, StandardCharsets.ISO_8859_1);
    assertEquals("\"1,1,caf\u00E9\"\n", text.substring(text.lastIndexOf(",\"1,1") + 1));
  }

  @Test
  void oneMoreThanMayBeBadFailsTheRunAndLeavesNothing() throws Exception {
    Path rejects = folder.resolve("bad.csv");
    Path out = folder.resolve("out.csv");
    String first =
        "; the first: "
            + folder.resolve("t.csv")
            + ", line 3 (byte 14), column 'a': expected int64 but found 'x'";
    try (Engine engine = Engine.open()) {
      for (OnBad bad :
          List.of(
              new OnBad.Skip(5, 1), new OnBad.MakeNull(5, 1), new OnBad.Reject(rejects, 5, 1))) {
        Pipeline pipeline = Pipeline.read(source(TEXT, bad)).write(new CsvSink(out));
        Pipeline fitted = pipeline.then(new StandardScaler(Columns.of("b")));
        for (RunOptions options : Variants.all()) {
          for (Pipeline p : List.of(pipeline, fitted)) {
            assertEquals(
                "source: more than the 5 rows that may be bad" + first,
                assertThrows(PipelineException.class, () -> engine.run(p, options)).getMessage());
          }
        }
      }
      engine.run(Pipeline.read(source(TEXT, new OnBad.Skip(6, 1))));
      engine.run(Pipeline.read(source(TEXT, new OnBad.Skip(6, 0.75))));
      Pipeline share = Pipeline.read(source(TEXT, new OnBad.Skip(6, 0.74))).write(new CsvSink(out));
      assertEquals(
          "source: 6 of 8 rows are bad, more than the share of 0.74 that may be" + first,
          assertThrows(PipelineException.class, () -> engine.run(share)).getMessage());
    }
    assertFalse(Files.exists(rejects));
    assertFalse(Files.exists(out));
  }

  @Test
  void aQuoteThatIsNeverClosedTakesTheRest() throws Exception {
    CsvSource source = source("a,b,s\n1,1,x\n2,2,\"y\n3,3,z\n", new OnBad.Skip());
    assertEquals(List.of(List.of(1L, 1.0, "x")), cells(Tables.read(source)));
  }

  @Test
  void recordsThatCannotBeSplitTellNothingOfTypes() throws Exception {
    Path file = Files.writeString(folder.resolve("t.csv"), "a,b\n1,2\nx,y,z\n3,4\n");
    CsvSource source = new CsvSource(file).withBad(new OnBad.Skip());
    assertEquals(List.of(List.of(1L, 2L), List.of(3L, 4L)), cells(Tables.read(source)));
  }

  /** Broken at random, each row by itself; every row says what it is. */
  @Test
  void manyRowsBrokenAtRandom() throws Exception {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder("a,b,s\n");
    List<List<Object>> expected = new ArrayList<>();
    long bad = 0;
    for (long i = 0; i < 5000; i++) {
      switch (random.nextInt(10)) {
        case 0 -> text.append(i).append(",?,x\n");
        case 1 -> text.append(i).append("\n");
        case 2 -> text.append(i).append(",1,\"a\nb\"c,\"\n\"\n");
        case 3 -> text.append("\n").append(i).append(",0.5,\"a\n,\"\"b\"\n");
        default -> text.append(i).append(",0.5,x").append(i % 97).append('\n');
      }
    }
    text.append("9,9,\"open\n");
    for (String row : text.toString().split("\n(?=\\d)")) {
      if (row.matches("(?s)\\d+,0\\.5,x\\d+\n*")) {
        String[] f = row.strip().split(",");
        expected.add(List.of(Long.valueOf(f[0]), 0.5, f[2]));
      } else if (row.matches("(?s)\\d+,0\\.5,\"a.*")) {
        expected.add(List.of(Long.valueOf(row.split(",")[0]), 0.5, "a\n,\"b"));
      } else if (Character.isDigit(row.charAt(0))) {
        bad++;
      }
    }
    for (int bytes : new int[] {100, 4096, 1 << 20}) {
      CsvSource source = source(text.toString(), new OnBad.Skip()).withSplitBytes(bytes);
      assertEquals(expected, cells(Tables.read(source)));
      try (Engine engine = Engine.open()) {
        assertEquals(bad, engine.run(Pipeline.read(source)).bad().rows());
      }
    }
  }

  @Test
  void withoutAPolicyTheFirstFails() throws Exception {
    assertThrows(SourceException.class, () -> Tables.read(source(TEXT, new OnBad.Fail())));
  }
}
