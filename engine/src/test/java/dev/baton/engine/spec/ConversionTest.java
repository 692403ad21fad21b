package dev.baton.engine.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.spec.Trials.Everything;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each type a record may have as a component. */
class ConversionTest {
  private static Everything read(String parameters) {
    String text = "source: empty\nsteps:\n  - everything: {" + parameters + "}\n";
    Path file = Path.of("/jobs/f.yaml");
    return (Everything)
        PipelineFile.parse(text, file, Trials.catalogue()).pipeline().operators().get(0);
  }

  private static <T> void reads(T expected, String parameters, Function<Everything, T> component) {
    assertEquals(expected, component.apply(read(parameters)), parameters);
  }

  private static void says(String message, String parameters) {
    SpecException e = assertThrows(SpecException.class, () -> read(parameters), parameters);
    assertEquals(message, e.getMessage().replaceFirst("/jobs/f.yaml:3:\\d+: everything[.]?", ""));
  }

  @Test
  void numbersAreReadInTheirOwnRange() {
    reads(-12, "whole: -12", Everything::whole);
    reads(1_000_000, "whole: 1_000_000", Everything::whole);
    reads(7, "boxed-whole: 7", Everything::boxedWhole);
    reads(1L << 40, "big: 1099511627776", Everything::big);
    reads(0.1f, "single: 0.1", Everything::single);
    reads(-2.5e-3, "number: -2.5e-3", Everything::number);
    reads(3.0, "number: 3", Everything::number);
    reads(Double.NEGATIVE_INFINITY, "number: -.inf", Everything::number);
    reads(Double.NaN, "number: .nan", Everything::number);
  }

  @Test
  void whatIsNoNumberIsRefused() {
    says("whole: expected a whole number but was 'x'", "whole: x");
    says(
        "whole: expected at least -2147483648 and at most 2147483647 but was '3000000000'",
        "whole: 3000000000");
    says("big: expected a whole number but was '1.5'", "big: 1.5");
    says(
        "big: expected a whole number but was '99999999999999999999'", "big: 99999999999999999999");
    says("number: expected a number but was '0x1p3'", "number: 0x1p3");
    says("number: expected a number but was a list", "number: [1]");
    says("number: expected a number but was nothing", "number:");
    says("number: expected a number but was nothing", "number: null");
    says("single: expected a number but was '.'", "single: .");
  }

  @Test
  void textsAreReadAsTheyAreWritten() {
    reads("010", "text: 010", Everything::text);
    reads("null", "text: 'null'", Everything::text);
    reads("", "text: ''", Everything::text);
    reads('\t', "letter: \"\\t\"", Everything::letter);
    reads(true, "flag: true", Everything::flag);
    says("flag: expected true or false but was 'yes'", "flag: yes");
    says("letter: expected a single character but was 'ab'", "letter: ab");
    says("text: expected a text but was a map of a, b", "text: {a: 1, b: 2}");
    says("text: expected a text but was an empty map", "text: {}");
    says("text: expected a text but was nothing", "text:");
  }

  @Test
  void nullIsReadWhereThereCanBeNone() {
    assertNull(read("absent: null").absent());
    assertNull(read("boxed-whole: ~").boxedWhole());
    assertNull(read("").absent());
    says(
        "absent: expected one of mean, median, most-frequent, constant but was nothing", "absent:");
  }

  @ParameterizedTest
  @CsvSource({"most-frequent", "MOST_FREQUENT", "Most-Frequent", "most_frequent"})
  void constantsAreReadInAnyCase(String text) {
    reads(Trials.Strategy.MOST_FREQUENT, "strategy: " + text, Everything::strategy);
  }

  @Test
  void anUnknownConstantIsRefusedWithTheNearest() {
    says(
        "strategy: expected one of mean, median, most-frequent, constant but was 'mediam',"
            + " did you mean 'median'?",
        "strategy: mediam");
    says(
        "strategy: expected one of mean, median, most-frequent, constant but was a list",
        "strategy: [mean]");
  }

  @Test
  void collectionsKeepTheOrderOfTheFile() {
    reads(List.of(3, 1, 3), "numbers: [3, 1, 3]", Everything::numbers);
    reads(List.of("b", "a"), "words: [b, a]", e -> new ArrayList<>(e.words()));
    reads(Set.of(), "words: []", Everything::words);
    reads(List.of("z", "a"), "weights: {z: 1, a: 2}", e -> new ArrayList<>(e.weights().keySet()));
    reads(Map.of("z", 1.0, "a", 2.0), "weights: {z: 1, a: 2}", Everything::weights);
  }

  @Test
  void collectionsReportTheElement() {
    says("numbers[1]: expected a whole number but was 'x'", "numbers: [1, x]");
    says("words[1]: 'a' is there twice", "words: [a, a]");
    says("words[0]: expected a text but was nothing", "words: [null]");
    says("words: expected a list, each a text but was 'a'", "words: a");
    says("weights.b: expected a number but was 'x'", "weights: {a: 1, b: x}");
    says("weights: expected a map, each value a number but was a list", "weights: [1]");
  }

  @Test
  void timesAreReadWithTheirUnits() {
    reads(Duration.ofMillis(5), "pause: 5ms", Everything::pause);
    reads(Duration.ofSeconds(90), "pause: PT1M30S", Everything::pause);
    reads(ZoneId.of("Europe/Paris"), "zone: Europe/Paris", Everything::zone);
    reads(LocalDate.of(2024, 2, 29), "day: 2024-02-29", Everything::day);
    says("pause: expected a duration such as 5ms, 2s or PT1M but was '5 years'", "pause: 5 years");
    says(
        "zone: unknown time zone 'Europe/Pariss', did you mean 'Europe/Paris'?",
        "zone: Europe/Pariss");
    says(
        "day: Text '2023-02-29' could not be parsed: Invalid date 'February 29' as '2023' is not"
            + " a leap year",
        "day: 2023-02-29");
  }

  @Test
  void pathsAreRelativeToTheFolderOfTheFile() {
    reads(Path.of("/jobs/data/a.csv"), "file: data/a.csv", Everything::file);
    reads(Path.of("/data/a.csv"), "file: ../data/a.csv", Everything::file);
    reads(Path.of("/a.csv"), "file: /a.csv", Everything::file);
    reads(Path.of("/jobs"), "file: .", Everything::file);
    says("file: expected a path but was ''", "file: ''");
  }

  @Test
  void patternsAndTypesExplainWhatIsWrong() {
    reads("price_.*", "pattern: price_.*", e -> e.pattern().pattern());
    reads(Types.FLOAT32, "type: float32", Everything::type);
    says("type: unknown type 'flaot32', did you mean 'float32'?", "type: flaot32");
    SpecException e = assertThrows(SpecException.class, () -> read("pattern: 'a('"));
    assertEquals(
        "/jobs/f.yaml:3:27: everything.pattern: Unclosed group near index 2",
        e.getMessage().lines().findFirst().orElseThrow());
  }

  @Test
  void bytesAreReadWithTheirUnits() {
    reads(4L << 20, "buffer-bytes: 4MiB", Everything::bufferBytes);
    reads(1_000_000L, "buffer-bytes: 1MB", Everything::bufferBytes);
    reads(4096L, "buffer-bytes: 4096", Everything::bufferBytes);
    reads(-1L, "buffer-bytes: -1", Everything::bufferBytes);
    reads(64 << 10, "split-bytes: 64KiB", Everything::splitBytes);
    says(
        "split-bytes: expected at least -2147483648 and at most 2147483647 but was '2GiB'",
        "split-bytes: 2GiB");
    says(
        "buffer-bytes: expected a size such as 64MiB, 1GB or 4096 but was '4 apples'",
        "buffer-bytes: 4 apples");
  }

  @Test
  void columnsAreReadInEveryForm() {
    reads(Columns.of("a", "b"), "columns: [a, b]", Everything::columns);
    reads(Columns.of("a"), "columns: a", Everything::columns);
    reads(Columns.all(), "columns: all", Everything::columns);
    reads(Columns.of("all"), "columns: [all]", Everything::columns);
    reads(Columns.of(TypeFamily.NUMERIC), "columns: {type: numeric}", Everything::columns);
    reads(new Columns.Except(List.of("a")), "columns: {except: [a]}", Everything::columns);
    Columns numbers = Columns.of(TypeFamily.NUMERIC);
    reads(numbers.except("a"), "columns: {type: numeric, except: [a]}", Everything::columns);
    reads(Columns.of("a").or(numbers), "columns: [a, {type: numeric}]", Everything::columns);
    reads(
        numbers.or(Columns.of(TypeFamily.TEXT)),
        "columns: {type: [numeric, text]}",
        Everything::columns);
    reads(numbers.not(), "columns: {except: {type: numeric}}", Everything::columns);
    reads(numbers.not(), "columns: {not: {type: numeric}}", Everything::columns);
    reads(
        numbers.and(Columns.of("a", "b").not()),
        "columns: {all-of: [{type: numeric}, {not: [a, b]}]}",
        Everything::columns);
    reads(
        "p_.*",
        "columns: {matching: 'p_.*'}",
        e -> ((Columns.Matching) e.columns()).matching().pattern());
  }

  @Test
  void columnsExplainWhatIsWrong() {
    String expected =
        "columns: expected a column, a list of columns, all, {type: …}, {matching: …} or"
            + " {except: […]} but was ";
    says(expected + "a map of types", "columns: {types: numeric}");
    says(expected + "a map of type, excepts", "columns: {type: numeric, excepts: [a]}");
    says(expected + "nothing", "columns:");
    says("columns: columns must name at least one column", "columns: []");
    says("columns: columns names a column twice: [a, a]", "columns: [a, a]");
    says(
        "columns.type: expected one of numeric, integer, floating, text, boolean, temporal, any"
            + " but was 'numerical', did you mean 'numeric'?",
        "columns: {type: numerical}");
    says("columns.except: expected a list, each a text but was 'a'", "columns: {except: a}");
  }

  @Test
  void nestedRecordsAreMaps() {
    reads(
        new Trials.Options(3, Duration.ofSeconds(2)),
        "options: {depth: 3, patience: 2s}",
        Everything::options);
    says("options: missing required keys 'depth', 'patience'", "options: {}");
    says("options: missing required key 'patience'", "options: {depth: 3}");
    says("options: unknown key 'dept', did you mean 'depth'?", "options: {dept: 3}");
    says("options: expected a map of depth, patience but was '3'", "options: 3");
  }

  @Test
  void choicesAreANameWithItsParameters() {
    reads(new Trials.Unknown.Fail(), "unknown: fail", Everything::unknown);
    reads(new Trials.Unknown.Bucket(4), "unknown: {bucket: {count: 4}}", Everything::unknown);
    says("unknown: unknown name 'bukket', did you mean 'bucket'?", "unknown: bukket");
    says("unknown.bucket: missing required key 'count'", "unknown: bucket");
    says("unknown: expected one of bucket, fail but was a list", "unknown: [fail]");
  }

  @Test
  void typesWithAParseMethodReadThemselves() {
    reads(new Trials.Expression("a > 1"), "expression: a > 1", Everything::expression);
    says("expression: column 4: unexpected '?'", "expression: 'a > ?'");
    says("expression: expected an expression but was a list", "expression: [a]");
  }
}
