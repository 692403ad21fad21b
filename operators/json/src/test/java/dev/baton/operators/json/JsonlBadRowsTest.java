package dev.baton.operators.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.io.Tables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of rows that do not fit, wherever the file is cut and in whatever mode. */
class JsonlBadRowsTest {
  private static final String TEXT =
      """
      {"a":1,"s":"x"}
      {"a":"x","s":"y"}

      {"a":3,"s":"z"
      {"a":4,"a":4,"s":"z"}
      {"s":"q\\"","a":1.5}
      no object
      {"s":"end","a":9}
      """;

  @TempDir Path folder;

  private JsonlSource source(OnBad bad) throws Exception {
    Path file = Files.writeString(folder.resolve("t.jsonl"), TEXT);
    return new JsonlSource(file).withTypes(Map.of("a", "int64", "s", "utf8")).withBad(bad);
  }

  private static List<List<Object>> cells(Rows rows) {
    return rows.cells().stream().map(Arrays::asList).toList();
  }

  @Test
  void badRowsAreLeftOutOrMadeNullWhereverTheFileIsCut() throws Exception {
    for (int bytes = 1; bytes <= TEXT.length(); bytes++) {
      assertEquals(
          List.of(List.of(1L, "x"), List.of(9L, "end")),
          cells(Tables.read(source(new OnBad.Skip()).withSplitBytes(bytes))));
      assertEquals(
          List.of(
              List.of(1L, "x"),
              Arrays.asList(null, "y"),
              Arrays.asList(null, null),
              Arrays.asList(null, null),
              Arrays.asList(null, "q\""),
              Arrays.asList(null, null),
              List.of(9L, "end")),
          cells(Tables.read(source(new OnBad.MakeNull()).withSplitBytes(bytes))));
    }
  }

  @Test
  void allColumnsAreCheckedWhateverIsWanted() throws Exception {
    assertEquals(2, Tables.read(source(new OnBad.Skip()), List.of("s")).size());
    assertEquals(2, Tables.read(source(new OnBad.Skip()), List.of()).size());
  }

  @Test
  void rejectedRowsAreWrittenDownTheSameInEveryMode() throws Exception {
    Path rejects = folder.resolve("bad.csv");
    String expected =
        """
        file,line,byte,column,rule,text
        "FILE",2,21,"a","expected int64 but found '""x""'","{""a"":""x"",""s"":""y""}"
        "FILE",4,49,,"expected ',' or '}' but found the end of the line","{""a"":3,""s"":""z\"""
        "FILE",5,57,,"the key of column 'a' is there twice","{""a"":4,""a"":4,""s"":""z""}"
        "FILE",6,87,"a","expected int64 but found '1.5'","{""s"":""q\\""\"",""a"":1.5}"
        "FILE",7,92,,"expected an object but found 'no object'","no object"
        """
            .replace("FILE", folder.resolve("t.jsonl").toString());
    Path out = folder.resolve("out.jsonl");
    Pipeline pipeline =
        Pipeline.read(source(new OnBad.Reject(rejects)).withSplitBytes(10))
            .write(new JsonlSink(out));
    try (Engine engine = Engine.open()) {
      for (RunOptions options : Variants.all()) {
        RunReport report = engine.run(pipeline, options);
        assertEquals(expected, Files.readString(rejects), options.toString());
        assertEquals(5, report.bad().rows());
        assertEquals("{\"a\":1,\"s\":\"x\"}\n{\"a\":9,\"s\":\"end\"}\n", Files.readString(out));
        Files.delete(rejects);
      }
    }
  }
}
