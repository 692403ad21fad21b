package dev.baton.engine.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.spec.index.IndexEntry;
import dev.baton.engine.spec.index.IndexFile;
import dev.baton.engine.spec.index.Kind;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
  private static IndexEntry entry(Kind kind, String className) {
    return new IndexEntry(kind, className, "", Map.of());
  }

  private static Catalogue load(Path... folders) throws IOException {
    URL[] urls = new URL[folders.length];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = folders[i].toUri().toURL();
    }
    try (URLClassLoader loader = new URLClassLoader(urls, null)) {
      return Catalogue.load(loader);
    }
  }

  private static Path index(Path folder, String text) throws IOException {
    Files.createDirectories(folder.resolve(IndexFile.PATH).getParent());
    Files.writeString(folder.resolve(IndexFile.PATH), text);
    return folder;
  }

  @Test
  void namesAreSimpleNamesWithoutTheKind() {
    Catalogue catalogue =
        Catalogue.of(
            "x",
            List.of(
                entry(Kind.SOURCE, "a.CsvSource"),
                entry(Kind.SINK, "a.CsvSink"),
                entry(Kind.OPERATOR, "a.Outer$KBins"),
                entry(Kind.OPERATOR, "a.HeatSink"),
                entry(Kind.SOURCE, "a.Source")));
    assertEquals("a.CsvSource", catalogue.entry(Kind.SOURCE, "csv").className());
    assertEquals("a.CsvSink", catalogue.entry(Kind.SINK, "csv").className());
    assertEquals("a.Outer$KBins", catalogue.entry(Kind.OPERATOR, "k-bins").className());
    assertEquals("a.HeatSink", catalogue.entry(Kind.OPERATOR, "heat-sink").className());
    assertEquals("a.Source", catalogue.entry(Kind.SOURCE, "source").className());
    assertNull(catalogue.entry(Kind.OPERATOR, "csv"));
  }

  @Test
  void twoOfOneNameAreAnErrorThatNamesBothJars(@TempDir Path folder) throws IOException {
    Path one = index(folder.resolve("one"), "operator a.Clip\n");
    Path two = index(folder.resolve("two"), "operator b.Clip\n");
    assertEquals(
        String.format(
            "two operators are called 'clip': a.Clip in %s and b.Clip in %s; take one of them off"
                + " the class path",
            one, two),
        assertThrows(SpecException.class, () -> load(one, two)).getMessage());
  }

  @Test
  void theSameClassTwiceIsNoConflict(@TempDir Path folder) throws IOException {
    Path one = index(folder.resolve("one"), "operator a.Clip\n");
    Path two = index(folder.resolve("two"), "operator a.Clip\n");
    assertEquals(1, load(one, two).entries(Kind.OPERATOR).size());
  }

  @Test
  void aDamagedIndexIsNamed(@TempDir Path folder) throws IOException {
    Path one = index(folder, "nonsense\n");
    assertEquals(
        String.format("the index in %s is damaged: no 'kind class' in 'nonsense'", one),
        assertThrows(SpecException.class, () -> load(one)).getMessage());
  }

  @Test
  void aClassThatIsGoneIsReportedWhenItIsUsed() {
    Catalogue catalogue = Catalogue.of("x.jar", List.of(entry(Kind.OPERATOR, "a.Gone")));
    Entry gone = catalogue.entry(Kind.OPERATOR, "gone");
    assertEquals(
        "the operator 'gone' of x.jar cannot be loaded: java.lang.ClassNotFoundException: a.Gone",
        assertThrows(SpecException.class, gone::type).getMessage());
  }

  @Test
  void parametersSayWhatAUserHasToKnow() {
    Map<String, String> docs = Map.of("keepEmpty", "whether to keep them");
    IndexEntry index =
        new IndexEntry(Kind.OPERATOR, Trials.SimpleImputer.class.getName(), "", docs);
    Entry entry = Catalogue.of("x", List.of(index)).entry(Kind.OPERATOR, "simple-imputer");
    assertEquals(
        List.of(
            new Parameter("columns", "columns", true, null, ""),
            new Parameter(
                "strategy", "one of mean, median, most-frequent, constant", true, null, ""),
            new Parameter("fill", "number", false, null, ""),
            new Parameter("keep-empty", "true or false", false, "false", "whether to keep them")),
        entry.parameters());
  }

  @Test
  void defaultsAreShownAsAFileWouldSayThem() {
    StringBuilder shown = new StringBuilder();
    for (Parameter p : Trials.catalogue().entry(Kind.OPERATOR, "everything").parameters()) {
      shown.append(p.name()).append(" | ").append(p.type()).append(" | ");
      shown.append(p.defaultValue()).append('\n');
    }
    assertEquals(
        """
        whole | whole number | 1
        boxed-whole | whole number | null
        big | whole number | 2
        single | number | 0.5
        number | number | 0.25
        flag | true or false | false
        text | text | ''
        letter | single character | ;
        strategy | one of mean, median, most-frequent, constant | mean
        numbers | list of whole number | []
        words | list of text | []
        weights | map to number | {}
        pause | duration such as 5ms, 2s or PT1M | 0s
        file | path | x
        zone | time zone such as Europe/Paris or +02:00 | UTC
        pattern | regular expression | a
        type | column type | utf8
        columns | columns | all
        buffer-bytes | size such as 64MiB, 1GB or 4096 | 1MiB
        split-bytes | size such as 64MiB, 1GB or 4096 | 4KiB
        options | map of depth, patience | {depth: 1, patience: 1s}
        unknown | one of bucket, fail | fail
        expression | expression | a + b
        day | local date | 2000-01-01
        absent | one of mean, median, most-frequent, constant | null
        """,
        shown.toString());
  }

  @Test
  void theSummaryIsTheFirstSentence() {
    assertEquals("", summary(""));
    assertEquals("No stop", summary("No stop"));
    assertEquals("One.", summary("One. Two."));
    assertEquals("Half, e.g. 0.5 of it.", summary("Half, e.g. 0.5 of it. More."));
    assertEquals("One.", summary("One.\n\nTwo."));
  }

  private static String summary(String doc) {
    IndexEntry index = new IndexEntry(Kind.OPERATOR, "a.B", doc, Map.of());
    return Catalogue.of("x", List.of(index)).entry(Kind.OPERATOR, "b").summary();
  }
}
