package dev.baton.engine.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.Pipeline;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.source.Repeat;
import dev.baton.engine.source.Source;
import dev.baton.engine.spec.Trials.ArrowSink;
import dev.baton.engine.spec.Trials.Clip;
import dev.baton.engine.spec.Trials.CsvSource;
import dev.baton.engine.spec.Trials.EmptySource;
import dev.baton.engine.spec.Trials.Log1p;
import dev.baton.engine.spec.Trials.SimpleImputer;
import dev.baton.engine.spec.Trials.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineFileTest {
  private static PipelineFile parse(String text) {
    return PipelineFile.parse(text, Path.of("f.yaml"), Trials.catalogue());
  }

  private static void says(String message, String text) {
    assertEquals(message, assertThrows(SpecException.class, () -> parse(text), text).getMessage());
  }

  private static String step(String step) {
    return "source: empty\nsteps:\n  - " + step + "\n";
  }

  @Test
  void aFileIsTheSameAsTheJavaValue() {
    PipelineFile file =
        parse(
            """
            source:
              csv: {path: data/a.csv, delimiter: ;}
              repeat: 100
            steps:
              - simple-imputer: {columns: [a], strategy: median}
              - log1p
              - log1p:
              - clip:
                  columns: {except: [id]}
                  lower: 0
                  upper: 1
            sink:
              arrow: {path: out.arrow}
            run:
              mode: threads
              workers: 4
              lock: global-released
              switch-interval: 5ms
              memory: 2GiB
              ring-size: 64
            """);
    Pipeline expected =
        Pipeline.read(
                new Repeat(new CsvSource(Path.of("data/a.csv"), ';', List.of(""), Map.of()), 100))
            .then(new SimpleImputer(Columns.of("a"), Strategy.MEDIAN))
            .then(new Log1p())
            .then(new Log1p())
            .then(new Clip(new Columns.Except(List.of("id")), 0, 1))
            .write(new ArrowSink(Path.of("out.arrow")));
    assertEquals(expected, file.pipeline());
    assertEquals(
        new RunSettings(
            "threads",
            4,
            null,
            "global-released",
            Duration.ofMillis(5),
            new ByteSize(2L << 30),
            64),
        file.run());
  }

  @Test
  void aSourceMayHaveASchema() {
    PipelineFile file =
        parse("source:\n  csv: {path: a}\n  schema: {id: int64, name: utf8}\n  repeat: 2\n");
    Source source = new CsvSource(Path.of("a")).withSchema(Map.of("id", "int64", "name", "utf8"));
    assertEquals(source.repeat(2), file.pipeline().source());
    String text = file.toYaml(Path.of("f.yaml"), Trials.catalogue());
    assertEquals(file, parse(text), text);
    PipelineFile once = new PipelineFile(Pipeline.read(source), new RunSettings());
    assertEquals(once, parse(once.toYaml(Path.of("f.yaml"), Trials.catalogue())));
    says(
        "f.yaml:3:11: source.schema: schema, column 'a': unknown type 'flaot64', did you mean"
            + " 'float64'?\n  schema, column 'b': unknown type 'bol', did you mean 'bool'?",
        "source:\n  csv: {path: a}\n  schema: {a: flaot64, b: bol}\n");
    says(
        "f.yaml:3:11: source.schema: expected a map, each value a text but was 'id'",
        "source:\n  csv: {path: a}\n  schema: id\n");
  }

  @Test
  void aSourceIsEnough() {
    PipelineFile file = parse("source: empty\nsteps:\nsink:\n");
    assertEquals(Pipeline.read(new EmptySource()), file.pipeline());
    assertNull(file.pipeline().sink());
    assertEquals(new RunSettings(), file.run());
  }

  @Test
  void aClassCanBeNamedInFull() {
    String name = CsvSource.class.getName();
    PipelineFile file = parse("source:\n  " + name + ": {path: a.csv}\n");
    assertEquals(Pipeline.read(new CsvSource(Path.of("a.csv"))), file.pipeline());
    says(
        "f.yaml:2:3: java.lang.String is not a record that implements"
            + " dev.baton.engine.source.Source",
        "source:\n  java.lang.String: {}\n");
    says(
        "f.yaml:2:3: the class com.example.Absent is not on the class path",
        "source:\n  com.example.Absent: {}\n");
    says(
        "f.yaml:3:5: "
            + CsvSource.class.getName()
            + " is not a record that implements dev.baton.engine.operator.Operator",
        step(name + ": {path: a.csv}"));
  }

  @Test
  void sourcesCanHoldSources() {
    PipelineFile file =
        parse("source:\n  concat: {sources: [{csv: {path: a}}, empty, {csv: {path: b}}]}\n");
    assertEquals(
        new Trials.ConcatSource(
            List.of(new CsvSource(Path.of("a")), new EmptySource(), new CsvSource(Path.of("b")))),
        file.pipeline().source());
    says(
        "f.yaml:2:29: concat.sources[1].csv: missing required key 'path'",
        "source:\n  concat: {sources: [empty, csv]}\n");
  }

  @Test
  void unknownNamesSuggestTheNearest() {
    says("f.yaml:1:1: unknown key 'sorce', did you mean 'source'?", "sorce: empty\n");
    says("f.yaml:2:1: unknown key 'step', did you mean 'steps'?", "source: empty\nstep: []\n");
    says(
        "f.yaml:3:5: unknown operator 'simple-imputor', did you mean 'simple-imputer'?",
        step("simple-imputor: {}"));
    says("f.yaml:1:9: unknown source 'scv', did you mean 'csv'?", "source: scv\n");
    says(
        "f.yaml:3:34: simple-imputer: unknown key 'stategy', did you mean 'strategy'?",
        step("simple-imputer: {columns: a, stategy: mean}"));
  }

  @Test
  void aNameOfAnotherKindIsExplained() {
    says("f.yaml:3:5: 'csv' is a source but here belongs an operator", step("csv: {path: a}"));
    says("f.yaml:1:9: 'log1p' is an operator but here belongs a source", "source: log1p\n");
  }

  @Test
  void whatIsMissingIsNamed() {
    says("f.yaml:1:1: missing required key 'source'", "steps: []\n");
    says("f.yaml:1:1: missing required key 'source'", "source:\nsteps: []\n");
    says(
        "f.yaml:3:5: simple-imputer: missing required key 'strategy'",
        step("simple-imputer: {columns: a}"));
    says("f.yaml:3:5: clip: missing required keys 'columns', 'lower', 'upper'", step("clip"));
  }

  @Test
  void whatAConstructorRefusesIsReportedWithItsPlace() {
    says(
        "f.yaml:3:5: clip: lower must not be above upper but 2.0 is above 1.0",
        step("clip: {columns: a, lower: 2, upper: 1}"));
    says(
        "f.yaml:3:5: simple-imputer: strategy constant needs 'fill'",
        step("simple-imputer: {columns: a, strategy: constant}"));
    says(
        "f.yaml:3:11: source.repeat: repeat must be at least 1 but was 0",
        "source:\n  csv: {path: a}\n  repeat: 0\n");
    says(
        "f.yaml:2:6: run: workers must be at least 1 but was 0",
        "source: empty\nrun: {workers: 0}");
  }

  @Test
  void defaultsDoNotNeedTheRequiredValuesToBeValidAlone() {
    assertEquals(
        new SimpleImputer(Columns.of("a"), Strategy.CONSTANT, 5.0, false),
        parse(step("simple-imputer: {columns: a, strategy: constant, fill: 5}"))
            .pipeline()
            .operators()
            .get(0));
  }

  @Test
  void wrongShapesAreExplained() {
    says(
        "f.yaml:2:3: expected a source but was a map of csv, path; indent the parameters below the"
            + " name",
        "source:\n  csv:\n  path: a\n");
    says(
        "f.yaml:3:3: steps: expected a list of operators but was a map of log1p; put '- ' before"
            + " each operator",
        "source: empty\nsteps:\n  log1p: {}\n");
    says("f.yaml:3:5: expected an operator but was a list", step("[log1p]"));
    says("f.yaml:3:4: expected an operator but was nothing", step(""));
    says("f.yaml:2:3: expected a source but was an empty map", "source:\n  repeat: 2\n");
    says(
        "f.yaml:3:21: simple-imputer: expected a map of columns, strategy, fill, keep-empty but"
            + " was 'x'",
        step("simple-imputer: x"));
    says(
        "f.yaml:3:20: run.switch-interval: expected a duration such as 5ms, 2s or PT1M but was"
            + " '5'",
        "source: empty\nrun:\n  switch-interval: 5\n");
  }

  @Test
  void functionsHaveNoFileForm() {
    says(
        "f.yaml:3:35: apply.function: a DoubleUnaryOperator has no file form; such a pipeline"
            + " exists only in Java",
        step("apply: {columns: a, function: 'x + 1'}"));
    Pipeline pipeline =
        Pipeline.read(new EmptySource()).then(new Trials.Apply(Columns.all(), Math::sqrt));
    PipelineFile file = new PipelineFile(pipeline, new RunSettings());
    assertEquals(
        "apply.function: a DoubleUnaryOperator has no file form; such a pipeline exists only in"
            + " Java",
        assertThrows(SpecException.class, () -> file.toYaml(Path.of("f.yaml"), Trials.catalogue()))
            .getMessage());
  }

  @Test
  void aFileThatCannotBeReadIsNamed(@TempDir Path folder) throws IOException {
    Path absent = folder.resolve("absent.yaml");
    assertEquals(
        absent + ": no such file",
        assertThrows(SpecException.class, () -> PipelineFile.read(absent)).getMessage());
    Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', (byte) 0xe9, 'b'});
    assertEquals(
        latin + ": not a text in UTF-8",
        assertThrows(SpecException.class, () -> PipelineFile.read(latin)).getMessage());
  }
}
