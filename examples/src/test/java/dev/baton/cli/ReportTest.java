package dev.baton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.cli.lab.Experiments;
import dev.baton.cli.python.Python;
import dev.baton.cli.python.PythonFigures;
import dev.baton.cli.report.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at reports with a real browser. */
@Tag("browser")
class ReportTest {
  private static final int DESKTOP = 1100;
  private static final int PHONE = 390;

  @TempDir private static Path folder;
  private static Chromium browser;
  private static Path report;

  @BeforeAll
  static void measure() throws IOException {
    Optional<Path> binary = Chromium.find();
    Assumptions.assumeTrue(
        binary.isPresent(),
        "there is no Chromium on the PATH to look at reports with; apt-get install chromium");
    browser = Chromium.start(binary.get(), Files.createDirectory(folder.resolve("profile")));
    report = folder.resolve("report.html");
    CommandLineRun run =
        CommandLineRun.of("compare", "penguins", "--workers", "1,2", "--report", report)
            .exits(ExitCodes.OK);
    assertTrue(run.out().endsWith("report: " + report + "\n"), run.out());
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void everyQuestionHasAChartAndNothingIsLoaded() {
    open(report, DESKTOP, false);
    List<String> titles = texts("section > h2");
    assertTrue(
        titles.containsAll(
            List.of(
                "Which way is fastest?",
                "Where did the time go?",
                "What did each worker do, and when?",
                "What does it cost?",
                "All figures",
                "Measure it yourself")),
        titles.toString());
    assertEquals(
        count("figure"), count("figure > svg") + count("figure > figure svg"), "all are drawn");
    assertEquals(7, count("g.speed-up rect"), "a bar for each variant");
    assertTrue(count("g.ledger rect") >= 10, "at least compute for each variant");
    assertTrue(count("g.timeline rect") > 0);
    assertTrue(browser.evaluate("document.querySelector('h1').textContent").asText().length() > 10);
    assertTrue(texts("pre").get(0).startsWith("./baton compare penguins --workers 1,2"));
    assertTrue(texts("pre").get(1).contains("simple-imputer"), "the pipeline file");
  }

  @Test
  void chartsSayInWordsWhatTheyShow() {
    chartsSayInWordsWhatTheyShow(report);
  }

  private static void chartsSayInWordsWhatTheyShow(Path page) {
    open(page, DESKTOP, false);
    for (JsonNode label :
        browser.evaluate(
            "[...document.querySelectorAll('figure')].map(f => f.getAttribute('aria-label'))")) {
      assertTrue(label.asText().length() > 20, label.toString());
    }
  }

  @Test
  void anotherWorkerTimelineCanBeChosen() {
    open(report, DESKTOP, false);
    String choose =
        "(name => { const s = document.querySelector('select'); s.value = name;"
            + " s.dispatchEvent(new Event('change')); })";
    browser.evaluate(choose + "('inline, none')");
    long one = count("g[aria-label='y-axis tick label'] text");
    browser.evaluate(choose + "('threads x 2, none')");
    assertTrue(count("g[aria-label='y-axis tick label'] text") > one, "more workers, more rows");
  }

  @Test
  void onAPhoneNothingIsWiderThanTheScreen() {
    open(report, PHONE, false);
    assertEquals(PHONE, browser.evaluate("document.documentElement.scrollWidth").asInt());
    assertEquals(count("figure"), count("figure > svg") + count("figure > figure svg"));
  }

  @Test
  void darkPagesHaveDarkGround() {
    open(report, DESKTOP, false);
    String light = ground();
    open(report, DESKTOP, true);
    assertNotEquals(light, ground());
    assertEquals("rgb(21, 24, 28)", ground());
  }

  @Test
  void namesAndTextsAreNeverMarkup() throws IOException {
    String attack = "</script><script>document.title = 'broken'</script>";
    Path file = folder.resolve("<img src=x onerror=alert(1)>{{plot}}.yaml");
    Files.writeString(
        file, "# " + attack + "\nsource: {csv: {path: '" + CommandLineRun.PENGUINS + "'}}\n");
    Path page = folder.resolve("attack.html");
    CommandLineRun.of("compare", file, "--modes", "inline", "--repeats", 1, "--report", page)
        .exits(ExitCodes.OK);
    open(page, DESKTOP, false);
    assertNotEquals("broken", browser.evaluate("document.title").asText());
    assertEquals(0, count("img"));
    assertTrue(texts("pre").get(1).contains(attack), "it is shown as it is");
  }

  @Test
  void outputsThatDifferGetNoSpeedUpButTheFirstDifference() {
    Path file =
        CommandLineRun.file(
            folder,
            "source: {csv: {path: '" + CommandLineRun.PENGUINS + "'}}",
            "steps:",
            "  - unsteady: {column: year}");
    Path page = folder.resolve("differs.html");
    CommandLineRun.of("compare", file, "--modes", "threads", "--workers", 1, "--report", page)
        .exits(ExitCodes.DIGESTS_DIFFER);
    open(page, DESKTOP, false);
    assertEquals(0, count("figure"), "no chart");
    String text = browser.evaluate("document.body.innerText").asText();
    assertFalse(text.contains("speed-up\n"), text);
    assertTrue(text.contains("Where do the outputs differ?"), text);
    assertEquals("year", texts("dd").get(2));
  }

  @Test
  void pythonsBesideHaveASectionOfTheirOwn() throws IOException {
    String html = Files.readString(report);
    Matcher digest = Pattern.compile("\"outputDigest\":\"([0-9a-f]+)\"").matcher(html);
    assertTrue(digest.find());
    PythonFigures figures =
        new PythonFigures(
            new Python(Path.of("python3"), "CPython", "3.14.0", true),
            false,
            "fork",
            List.of(
                new PythonFigures.Way("sequential", 2, 2.5, List.of(digest.group(1))),
                new PythonFigures.Way("threads", 1, 1.5, List.of("feed"))));
    String python = new ObjectMapper().writeValueAsString(List.of(figures.json()));
    String data = "id=\"data\">{";
    assertTrue(html.contains(data));
    Path page = folder.resolve("python.html");
    Files.writeString(page, html.replace(data, data + "\"python\":" + python + ","));
    open(page, DESKTOP, false);
    assertTrue(texts("section > h2").contains("And in Python?"));
    String text = browser.evaluate("document.body.innerText").asText();
    assertTrue(text.contains("CPython 3.14.0, free-threaded"), text);
    List<String> cells = texts("section td");
    assertTrue(cells.contains("the same"), "the digest of the pipeline: " + cells);
    assertTrue(cells.contains("feed"), "another is shown: " + cells);
    open(page, PHONE, true);
    assertEquals(PHONE, browser.evaluate("document.documentElement.scrollWidth").asInt());
  }

  @Test
  void theLaboratoryDrawsWhatItFound() {
    Path page = folder.resolve("lab.html");
    CommandLineRun run =
        CommandLineRun.of(
                "lab", "slices", "convoy", "--slice", "5ms", "--rounds", 1, "--report", page)
            .exits(ExitCodes.OK)
            .prints("slices: ", "convoy: ", " checks pass");
    assertTrue(run.out().endsWith("report: " + page + "\n"), run.out());
    open(page, DESKTOP, false);
    assertEquals(
        List.of(
            Experiments.named("slices").claim(),
            Experiments.named("convoy").claim(),
            "Measure it yourself"),
        texts("section > h2"));
    assertEquals(2, count("figure > svg") + count("figure > figure svg"));
    assertEquals(7, count("g.series path"), "a line for each thread count, percentile and CPython");
    assertTrue(count(".checks tbody tr") > 10);
    chartsSayInWordsWhatTheyShow(page);
    open(page, PHONE, true);
    assertEquals(PHONE, browser.evaluate("document.documentElement.scrollWidth").asInt());
    assertEquals("rgb(21, 24, 28)", ground());
  }

  private static void open(Path page, int width, boolean dark) {
    browser.open(page, width, 900, dark);
    assertEquals("true", browser.evaluate("document.documentElement.dataset.drawn").asText());
    assertEquals(List.of(), browser.complaints());
    assertEquals(List.of(page.toUri().toString()), browser.requests(), "only the page itself");
  }

  private static long count(String selector) {
    return browser.evaluate("document.querySelectorAll(\"" + selector + "\").length").asLong();
  }

  private static List<String> texts(String selector) {
    JsonNode texts =
        browser.evaluate(
            "[...document.querySelectorAll('" + selector + "')].map(e => e.textContent)");
    List<String> list = new java.util.ArrayList<>();
    texts.forEach(text -> list.add(text.asText()));
    return list;
  }

  private static String ground() {
    return browser.evaluate("getComputedStyle(document.body).backgroundColor").asText();
  }
}
