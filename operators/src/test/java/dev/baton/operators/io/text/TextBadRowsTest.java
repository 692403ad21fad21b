package dev.baton.operators.io.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.io.Tables;
import dev.baton.operators.io.csv.CsvSink;
import dev.baton.operators.io.text.TextSource.Unit;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of rows that are not UTF-8, wherever the file is cut and in whatever mode. */
class TextBadRowsTest {
  /** Each ÿ is a byte that UTF-8 has not. */
  private static final byte[] TEXT =
      "one\nt\u00FFwo\r\n\nfour\n\u00FF\nsix\n".getBytes(StandardCharsets.ISO_8859_1);

  @TempDir Path folder;

  private TextSource source(OnBad bad, Unit unit, int bytes) throws Exception {
    Path file = Files.write(folder.resolve("t.txt"), TEXT);
    return new TextSource(file, "text", unit, bytes).withBad(bad);
  }

  private void check(List<String> expected, OnBad bad, Unit unit) throws Exception {
    for (int bytes = 1; bytes <= TEXT.length; bytes++) {
      TextSource source = source(bad, unit, bytes);
      assertEquals(expected, Tables.read(source).column("text"), bytes + " " + bad);
      assertEquals(expected.size(), Tables.read(source, List.of()).size(), "rows only");
    }
  }

  @Test
  void badRowsAreLeftOutOrMadeNullWhereverTheFileIsCut() throws Exception {
    check(List.of("one", "", "four", "six"), new OnBad.Skip(), Unit.LINES);
    check(Arrays.asList("one", null, "", "four", null, "six"), new OnBad.MakeNull(), Unit.LINES);
    check(List.of(), new OnBad.Skip(), Unit.PARAGRAPHS);
    check(Arrays.asList(null, null), new OnBad.MakeNull(), Unit.PARAGRAPHS);
  }

  @Test
  void rejectedRowsAreWrittenDownTheSameInEveryMode() throws Exception {
    Path packed = folder.resolve("t.txt.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(TEXT);
    }
    Path rejects = folder.resolve("bad.csv");
    OnBad reject = new OnBad.Reject(rejects);
    String lines =
        """
        file,line,byte,column,rule,text
        "FILE",2,4,"text","expected UTF-8 text but found 't\uFFFDwo'","t\u00FFwo"
        "FILE",5,16,"text","expected UTF-8 text but found '\uFFFD'","\u00FF"
        """;
    rejectsAre(lines, source(reject, Unit.LINES, 3), "text\none\n\"\"\nfour\nsix\n");
    rejectsAre(
        lines,
        new TextSource(packed, "text", Unit.LINES, 3, reject),
        "text\none\n\"\"\nfour\nsix\n");
    rejectsAre(
        """
        file,line,byte,column,rule,text
        "FILE",2,4,"text","expected UTF-8 text but found 't\uFFFDwo'","one
        t\u00FFwo"
        "FILE",5,16,"text","expected UTF-8 text but found '\uFFFD'","four
        \u00FF
        six"
        """,
        source(reject, Unit.PARAGRAPHS, 3),
        "text\n");
  }

  private void rejectsAre(String expected, TextSource source, String kept) throws Exception {
    Path rejects = ((OnBad.Reject) source.bad()).to();
    Path out = folder.resolve("out.csv");
    Pipeline pipeline = Pipeline.read(source).write(new CsvSink(out));
    try (Engine engine = Engine.open()) {
      for (RunOptions options : Variants.all()) {
        RunReport report = engine.run(pipeline, options);
        assertEquals(
            expected.replace("FILE", source.path().toString()),
            Files.readString(rejects, StandardCharsets.ISO_8859_1)
                .replace("\u00EF\u00BF\u00BD", "\uFFFD"),
            options.toString());
        assertEquals(2, report.bad().rows());
        assertEquals(kept, Files.readString(out));
        Files.delete(rejects);
      }
    }
  }

  @Test
  void oneMoreThanMayBeBadFailsTheRunWithTheFirst() throws Exception {
    Pipeline pipeline = Pipeline.read(source(new OnBad.Skip(1, 1), Unit.LINES, 3));
    try (Engine engine = Engine.open()) {
      for (RunOptions options : Variants.all()) {
        String message =
            assertThrows(PipelineException.class, () -> engine.run(pipeline, options)).getMessage();
        assertEquals(
            "source: more than the 1 rows that may be bad; the first: "
                + folder.resolve("t.txt")
                + ", line 2 (byte 4), column 'text': expected UTF-8 text but found 't\uFFFDwo'",
            message);
      }
    }
  }
}
