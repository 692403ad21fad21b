package dev.baton.engine.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HostileYamlTest {
  private static String message(String text) {
    SpecException e =
        assertThrows(
            SpecException.class,
            () -> PipelineFile.parse(text, Path.of("f.yaml"), Trials.catalogue()));
    return e.getMessage();
  }

  @Test
  void anEmptyFile() {
    assertEquals("f.yaml: the file is empty", message(""));
    assertEquals("f.yaml: the file is empty", message("# only a comment\n"));
  }

  @Test
  void aWrongRoot() {
    assertEquals(
        "f.yaml:1:1: expected a map of source, steps, sink, run but was a list", message("- a\n"));
    assertEquals(
        "f.yaml:1:1: expected a map of source, steps, sink, run but was 'a'", message("a\n"));
  }

  @Test
  void tabs() {
    assertEquals(
        "f.yaml:2:1: not valid YAML: found character '\\t(TAB)' that cannot start any token."
            + " (Do not use \\t(TAB) for indentation)",
        message("source:\n\tcsv: {path: a}\n"));
  }

  @Test
  void brokenSyntax() {
    assertEquals(
        "f.yaml:2:1: not valid YAML: expected ',' or '}', but got <stream end>",
        message("source: {csv: {path: a}\n"));
  }

  @Test
  void severalDocuments() {
    assertEquals(
        "f.yaml:2:1: not valid YAML: but found another document",
        message("source: a\n---\nb: c\n"));
  }

  @Test
  void duplicateKeys() {
    assertEquals(
        "f.yaml:3:1: the key 'source' is there twice, first in line 1",
        message("source: empty\nsteps: []\nsource: empty\n"));
  }

  @Test
  void tagsThatWouldLoadClasses() {
    assertEquals(
        "f.yaml:1:9: the tag 'tag:yaml.org,2002:java.net.URL' is not allowed; leave it out",
        message("source: !!java.net.URL 'http://localhost'\n"));
    assertEquals(
        "f.yaml:1:9: the tag '!x' is not allowed; leave it out", message("source: !x {}\n"));
  }

  @Test
  void keysThatAreNoText() {
    assertEquals("f.yaml:1:3: a key must be a text", message("? [a]\n: b\n"));
  }

  @Test
  void aliasesThatExpandWithoutEnd() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      text.append("a").append(i).append(": &a").append(i).append(" [");
      text.append(("*a" + (i - 1) + ", ").repeat(9)).append("*a").append(i - 1).append("]\n");
    }
    assertEquals(
        "f.yaml: not valid YAML: Number of aliases for non-scalar nodes exceeds the specified"
            + " max=50",
        message(text.toString()));
    StringBuilder fewer = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 20; i++) {
      fewer.append(String.format("a%d: &a%d [*a%d, *a%d]\n", i, i, i - 1, i - 1));
    }
    assertEquals(
        "f.yaml:1:14: more than 100000 values, counting each use of an alias",
        message(fewer.toString()).replaceFirst("1:\\d+", "1:14"));
  }

  @Test
  void anAliasWithinItself() {
    assertEquals("f.yaml:1:9: nested more than 50 deep", message("source: &a [*a]\n"));
  }

  @Test
  void deepNesting() {
    assertEquals(
        "f.yaml:1:59: nested more than 50 deep",
        message("source: " + "[".repeat(1000) + "]".repeat(1000) + "\n"));
    assertEquals(
        "f.yaml: nested too deeply",
        message("source: " + "[".repeat(100_000) + "]".repeat(100_000) + "\n"));
  }

  @Test
  void hugeFiles() {
    assertEquals(
        "f.yaml: not valid YAML: The incoming YAML document exceeds the limit: 1048576 code"
            + " points.",
        message("source: " + "x".repeat(2_000_000)));
  }
}
