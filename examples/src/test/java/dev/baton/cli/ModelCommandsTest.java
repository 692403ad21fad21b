package dev.baton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fit}, {@code transform} and {@code model}. */
class ModelCommandsTest {
  @TempDir private Path folder;
  private Path pipeline;
  private Path model;

  @BeforeEach
  void somePipeline() {
    pipeline =
        CommandLineRun.file(
            folder,
            "source:",
            "  csv: {path: monday.csv, nulls: [NA]}",
            "steps:",
            "  - simple-imputer: {columns: [age], strategy: median}",
            "  - standard-scaler: {columns: [age, height]}",
            "  - one-hot-encoder: {columns: [city], unknown: ignore}");
    model = folder.resolve("m.baton");
    write("monday.csv", "age,height,city", "30,1.5,Rome", "NA,1.7,Oslo", "40,1.9,Rome");
    write("tuesday.csv", "age,height,city", "30,2,Rome", "50,1.6,Oslo");
  }

  private Path write(String name, String... lines) {
    try {
      return Files.write(folder.resolve(name), List.of(lines));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private CommandLineRun fit() {
    return CommandLineRun.of("fit", pipeline, "--model", model).exits(ExitCodes.OK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inline", "threads", "processes"})
  void fitAndTransformAreOneRun(String mode) throws IOException {
    fit();
    Path whole = folder.resolve("whole.csv");
    CommandLineRun.of("run", pipeline, "--out", whole, "--mode", mode).exits(ExitCodes.OK);
    Path apart = folder.resolve("apart.csv");
    Path in = folder.resolve("monday.csv");
    CommandLineRun.of("transform", "--model", model, "--in", in, "--out", apart, "--mode", mode)
        .exits(ExitCodes.OK)
        .prints("3 in, 3 out");
    assertEquals(Files.readString(whole), Files.readString(apart));
  }

  @Test
  void fitSaysWhatWasLearned() {
    fit()
        .prints(
            "fitted    20",
            " on 3 rows of csv: {path: ",
            "reads     age int64, height float64, city utf8",
            "stage 1   simple-imputer: {columns: [age], strategy: median}",
            "  learned filling: {fills: [{column: age, value: 35.0, widen: true}]",
            "gives     age float64, height float64, city_Oslo int8, city_Rome int8",
            "saved    " + model);
    CommandLineRun.of("model", model)
        .exits(ExitCodes.OK)
        .prints("  learned filling: {fills: [{column: age, value: 35.0, widen: true}]");
  }

  @Test
  void aModelIsShownAsJsonToo() throws IOException {
    fit();
    Path json = folder.resolve("m.json");
    CommandLineRun.of("model", model, "--json", json).exits(ExitCodes.OK);
    JsonNode read = new ObjectMapper().readTree(json.toFile());
    assertEquals(3, read.path("rounds").path(0).path("rows").asInt());
    assertEquals("int64", read.path("columns").path("age").asText());
    assertEquals(3, read.path("stages").size());
  }

  @Test
  void continuingLearnsFromMoreRows() {
    fit();
    Path more = folder.resolve("tuesday.csv");
    CommandLineRun.of("fit", pipeline, "--model", model, "--continue", "--in", more)
        .exits(ExitCodes.OK)
        .prints(
            " on 3 rows of ",
            " on 2 rows of ",
            "value: 35.0",
            "one-hot-encoding: {columns: [{name: city, type: text, categories: [Oslo, Rome]");
  }

  @Test
  void continuingNeedsTheSameSteps() throws IOException {
    fit();
    String text = Files.readString(pipeline);
    Files.writeString(pipeline, text.replace("strategy: median", "strategy: mean"));
    CommandLineRun.of("fit", pipeline, "--model", model, "--continue")
        .exits(ExitCodes.USAGE)
        .complains(
            "baton: "
                + model
                + " has other steps than "
                + pipeline
                + ": step 1 is simple-imputer: {columns: [age], strategy: median} there and"
                + " simple-imputer: {columns: [age]} here; leave --continue out to fit afresh");
  }

  @Test
  void aModelForServingIsSmallerButFinal() throws IOException {
    fit();
    long whole = Files.size(model);
    CommandLineRun.of("fit", pipeline, "--model", model, "--serving").exits(ExitCodes.OK);
    assertTrue(Files.size(model) < whole);
    CommandLineRun run =
        CommandLineRun.of("fit", pipeline, "--model", model, "--continue").exits(ExitCodes.FAILED);
    assertTrue(run.err().contains("stage 1 (SimpleImputer): cannot go on"), run.err());
  }

  @Test
  void columnsThatDepartAreNamedAtOnce() {
    fit();
    Path other = write("other.csv", "age,hight,city,id", "x,1.5,Rome,1");
    CommandLineRun.of("transform", "--model", model, "--in", other)
        .exits(ExitCodes.USAGE)
        .complains(
            "baton: source: the columns are not those the pipeline was fitted on:",
            "  'height' is missing; it is float64, is it 'hight'?",
            "  'hight' was not there when fitting",
            "  'id' was not there when fitting");
  }

  @Test
  void typesAreThoseOfTheFitAndNotGuessed() throws IOException {
    fit();
    // All integers and all missing: guessed afresh, height and city would be of other types.
    Path in = write("ints.csv", "city,height,age", "NA,2,35", "NA,1,NA");
    Path out = folder.resolve("out.csv");
    CommandLineRun.of("transform", "--model", model, "--in", in, "--out", out).exits(ExitCodes.OK);
    assertEquals(3, Files.readAllLines(out).size());
  }

  @Test
  void aColumnThatOnlyPassesThroughCanBeAbsent() throws IOException {
    write("monday.csv", "age,height,city,label", "30,1.5,Rome,1", "40,1.9,Rome,0");
    fit();
    Path in = folder.resolve("tuesday.csv");
    Path out = folder.resolve("out.csv");
    CommandLineRun.of("transform", "--model", model, "--in", in, "--out", out, "--without", "label")
        .exits(ExitCodes.OK);
    assertEquals("age,height,city_Rome", Files.readAllLines(out).get(0));
    CommandLineRun.of("transform", "--model", model, "--in", in, "--without", "age")
        .exits(ExitCodes.USAGE)
        .complains(
            "baton: --without: stage 1 (Filling): no column 'age'; valid are height, city, label");
  }

  @Test
  void whatIsNoModelIsAnErrorWithARemedy() {
    CommandLineRun run =
        CommandLineRun.of("model", folder.resolve("monday.csv")).exits(ExitCodes.USAGE);
    assertTrue(run.err().contains("no model file, or cut off"), run.err());
    CommandLineRun.of("model", folder.resolve("none"))
        .exits(ExitCodes.USAGE)
        .complains("baton: " + folder.resolve("none") + ": no such file");
  }
}
