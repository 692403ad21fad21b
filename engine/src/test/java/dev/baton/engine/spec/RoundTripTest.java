package dev.baton.engine.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.Pipeline;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.source.Source;
import dev.baton.engine.spec.Trials.Everything;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Java writes to a file is what is read back. */
class RoundTripTest {
  private static final List<String> TEXTS =
      List.of(
          "a",
          "",
          "null",
          "~",
          "true",
          "12",
          "1e3",
          "a: b",
          "- a",
          "#",
          " x ",
          "it's",
          "\"",
          "\\",
          "two\nlines",
          "\t",
          "é€😀",
          "{a}",
          "[b]",
          "a, b",
          "*a",
          "&a",
          "!a",
          "%",
          "@",
          "`",
          "x: ",
          "?",
          "|",
          ">",
          "=",
          "<<",
          "0x1F",
          "2001-01-01",
          "\u0000",
          "\u2028",
          "all",
          "y".repeat(300));
  // Shared, because patterns know no equality.
  private static final List<Pattern> PATTERNS =
      List.of(Pattern.compile("a.*'\\s\""), Pattern.compile("(?i)b"));

  private final Random random = new Random(4242);

  @Test
  void pipelinesOfRandomParametersAreReadBackEqual() {
    for (int i = 0; i < 300; i++) {
      Path file = pick(Path.of("f.yaml"), Path.of("/jobs/f.yaml"), Path.of("conf/f.yaml"));
      boolean absolute = file.isAbsolute();
      List<Operator> steps = new ArrayList<>();
      for (int j = random.nextInt(4); j > 0; j--) {
        steps.add(pick(everything(absolute), imputer(), new Trials.Log1p(), clip()));
      }
      Pipeline pipeline =
          new Pipeline(
              source(absolute, 2),
              steps,
              random.nextBoolean() ? new Trials.ArrowSink(path(absolute)) : null);
      PipelineFile before = new PipelineFile(pipeline, settings());
      String text = before.toYaml(file, Trials.catalogue());
      PipelineFile after = PipelineFile.parse(text, file, Trials.catalogue());
      assertEquals(plain(before), plain(after), text);
      assertEquals(text, after.toYaml(file, Trials.catalogue()));
    }
  }

  @Test
  void onlyWhatDiffersFromTheDefaultsIsWritten() {
    Pipeline pipeline =
        Pipeline.read(new Trials.CsvSource(Path.of("/jobs/data/a.csv")).repeat(3))
            .then(new Trials.SimpleImputer(Columns.of("a"), Trials.Strategy.MOST_FREQUENT))
            .then(new Trials.Log1p())
            .then(new Everything());
    RunSettings run =
        new RunSettings("threads", null, null, null, Duration.ofMillis(5), null, null);
    assertEquals(
        """
        source:
          csv:
            path: data/a.csv
          repeat: 3
        steps:
          - simple-imputer: {columns: [a], strategy: most-frequent}
          - log1p
          - everything
        run:
          mode: threads
          switch-interval: 5ms
        """,
        new PipelineFile(pipeline, run).toYaml(Path.of("/jobs/f.yaml"), Trials.catalogue()));
  }

  @Test
  void flagsOfARegularExpressionAreWrittenInFrontOfIt() {
    Context nowhere = new Context(Trials.catalogue(), Path.of(""), "p");
    Form form = Forms.of(Pattern.class);
    Pattern flagged = Pattern.compile("a b", Pattern.CASE_INSENSITIVE | Pattern.COMMENTS);
    assertEquals(Yaml.Scalar.text("(?ix)a b"), form.write(flagged, nowhere));
    Pattern literal = Pattern.compile("a.b", Pattern.LITERAL);
    assertEquals(
        "p: the regular expression 'a.b' has a flag that no text stands for",
        assertThrows(SpecException.class, () -> form.write(literal, nowhere)).getMessage());
  }

  @Test
  void whatNoTextStandsForIsRefused() {
    refuses(
        "csv.types.a: no text stands for the type Null",
        new Trials.CsvSource(
            Path.of("a"),
            ',',
            List.of(),
            Map.of("a", org.apache.arrow.vector.types.pojo.ArrowType.Null.INSTANCE)));
    refuses(
        "concat.sources: is null, which a file cannot say for a required key",
        new Trials.ConcatSource(null));
    Source anonymous = () -> null;
    SpecException e = assertThrows(SpecException.class, () -> write(anonymous));
    assertEquals(
        anonymous.getClass().getName()
            + " is no record, so it has no file form; it exists only in Java",
        e.getMessage());
  }

  private static void refuses(String message, Source source) {
    assertEquals(message, assertThrows(SpecException.class, () -> write(source)).getMessage());
  }

  private static String write(Source source) {
    return new PipelineFile(Pipeline.read(source), new RunSettings())
        .toYaml(Path.of("f.yaml"), Trials.catalogue());
  }

  /** A text to compare instead of patterns, which know no equality. */
  private static String plain(PipelineFile file) {
    return file.toString();
  }

  private Source source(boolean absolute, int depth) {
    return switch (random.nextInt(depth > 0 ? 4 : 2)) {
      case 0 -> new Trials.EmptySource();
      case 1 ->
          new Trials.CsvSource(
              path(absolute),
              pick(',', ';', '\t', '\'', '#'),
              list(),
              Map.of(text(), pick(Types.INT8, Types.UTF8, Types.TIMESTAMP)));
      case 2 -> source(absolute, depth - 1).repeat(1 + random.nextInt(9));
      default ->
          new Trials.ConcatSource(
              List.of(source(absolute, depth - 1), source(absolute, depth - 1)));
    };
  }

  private Path path(boolean absolute) {
    Path path = pick(Path.of("a"), Path.of("b/c d.csv"), Path.of("../e"), Path.of("null"));
    return absolute ? Path.of("/jobs").resolve(path).normalize() : path;
  }

  private Operator clip() {
    double lower = random.nextGaussian();
    return new Trials.Clip(columns(), lower, pick(lower, Double.POSITIVE_INFINITY, lower + 1e300));
  }

  private Operator imputer() {
    return random.nextBoolean()
        ? new Trials.SimpleImputer(columns(), Trials.Strategy.CONSTANT, random.nextDouble(), false)
        : new Trials.SimpleImputer(
            columns(), Trials.Strategy.MEAN, pick(null, Double.NaN, -0.0), random.nextBoolean());
  }

  private RunSettings settings() {
    return new RunSettings(
        pick(null, "inline"),
        pick(null, 3),
        pick(null, 120),
        pick(null, "none"),
        pick(null, Duration.ofNanos(random.nextInt(1_000_000))),
        pick(null, new ByteSize(random.nextInt(1 << 20) << random.nextInt(10))),
        pick(null, 8));
  }

  private Everything everything(boolean absolute) {
    Map<String, Double> weights = new LinkedHashMap<>();
    list().forEach(text -> weights.put(text, random.nextGaussian()));
    return new Everything(
        pick(0, 1, Integer.MIN_VALUE, random.nextInt()),
        pick(null, 0, random.nextInt()),
        pick(2L, Long.MIN_VALUE, random.nextLong()),
        pick(0.5f, Float.MIN_VALUE, random.nextFloat()),
        pick(-0.0, Double.NaN, Double.NEGATIVE_INFINITY, random.nextGaussian()),
        random.nextBoolean(),
        text(),
        pick('a', '\n', ' ', '"', '\u00e9'),
        pick(Trials.Strategy.values()),
        List.of(random.nextInt(), 7),
        random.nextBoolean() ? Set.of() : Set.of(text()),
        weights,
        pick(Duration.ZERO, Duration.ofDays(1), Duration.ofMillis(-3), Duration.ofSeconds(1, 1)),
        path(absolute),
        pick(ZoneId.of("UTC"), ZoneId.of("+02:00"), ZoneId.of("Europe/Paris")),
        PATTERNS.get(random.nextInt(2)),
        pick(Types.DATE, Types.UTF8, Types.BOOL),
        columns(),
        pick(1L << 20, 0L, -1L, 1_000_000L, random.nextLong() >>> 1),
        pick(4096, -1, random.nextInt()),
        new Trials.Options(random.nextInt(), Duration.ofHours(2)),
        pick(
            new Trials.Unknown.Fail(),
            new Trials.Unknown.Bucket(3),
            new Trials.Unknown.Bucket(3, text())),
        new Trials.Expression(pick("a + b", "null", "12", "a: b")),
        pick(LocalDate.of(2000, 1, 1), LocalDate.of(2024, 2, 29)),
        pick(null, Trials.Strategy.MEAN));
  }

  private Columns columns() {
    return pick(
        Columns.all(),
        Columns.of("all"),
        Columns.of(text(), "other column"),
        Columns.of(TypeFamily.NUMERIC),
        new Columns.Except(list()),
        new Columns.Matching(PATTERNS.get(0)));
  }

  private List<String> list() {
    List<String> list = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      list.add(text());
    }
    return list;
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  @SafeVarargs
  private <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
