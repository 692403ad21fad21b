package dev.baton.operators.io.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.SourceException;
import dev.baton.operators.io.Tables;
import dev.baton.operators.io.text.TextSource.Unit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextSourceTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("t.txt"), text);
  }

  /** The rows, which must be the same however the file is cut. */
  private List<Object> rows(String text, Unit unit) throws Exception {
    Path file = file(text);
    List<Object> whole = Tables.read(new TextSource(file, "text", unit, 1 << 20)).column("text");
    for (int bytes : new int[] {1, 2, 3, 7, 50, 1000}) {
      TextSource cut = new TextSource(file, "text", unit, bytes);
      assertEquals(whole, Tables.read(cut).column("text"), "in splits of " + bytes);
      assertEquals(whole.size(), Tables.read(cut, List.of()).size(), "rows only");
    }
    return whole;
  }

  @Test
  void everyLineIsARow() throws Exception {
    assertEquals(List.of("one", "", "two é", " three "), rows("one\n\ntwo é\n three ", Unit.LINES));
    assertEquals(List.of("one", "a\rb", ""), rows("one\r\na\rb\r\n\r\n", Unit.LINES));
    assertEquals(List.of("x"), rows("\uFEFFx\n", Unit.LINES));
    assertEquals(List.of(), rows("", Unit.LINES));
    assertEquals(List.of(""), rows("\n", Unit.LINES));
  }

  @Test
  void paragraphsArePartedByBlankLines() throws Exception {
    assertEquals(
        List.of("one two", "three", "four five"),
        rows("\n \none\n  two \n\n\t\nthree\r\n\r\nfour\r\nfive", Unit.PARAGRAPHS));
    assertEquals(List.of(), rows(" \n\n", Unit.PARAGRAPHS));
  }

  @Test
  void randomTextsAreReadAsTheJdkReadsThem() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 30; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(300); i > 0; i--) {
        text.append(new String[] {"a", "é ", "\n", "\n", "\n\n", "word", " "}[random.nextInt(7)]);
      }
      List<String> lines = new ArrayList<>(text.toString().lines().toList());
      assertEquals(lines, rows(text.toString(), Unit.LINES));
      List<String> paragraphs =
          Arrays.stream(text.toString().split("\n([ ]*\n)+"))
              .map(
                  paragraph ->
                      String.join(" ", paragraph.lines().map(String::strip).toList()).strip())
              .filter(paragraph -> !paragraph.isEmpty())
              .toList();
      assertEquals(paragraphs, rows(text.toString(), Unit.PARAGRAPHS));
    }
  }

  @Test
  void aBookHasItsLines() throws Exception {
    Path book = Tables.example("pride-and-prejudice.txt");
    List<Object> lines =
        Tables.read(new TextSource(book, "text", Unit.LINES, 10_000)).column("text");
    assertEquals(Files.readAllLines(book), lines);
    try (OpenSource open = new TextSource(book).open()) {
      assertEquals(Files.size(book), open.bytes());
    }
  }

  @Test
  void whatIsNoTextIsAnErrorThatSaysWhere() throws Exception {
    Path file = folder.resolve("t.txt");
    Files.write(file, "one\ntwo é\n".getBytes(StandardCharsets.ISO_8859_1));
    for (int bytes : new int[] {1, 1000}) {
      SourceException e =
          assertThrows(
              SourceException.class,
              () -> Tables.read(new TextSource(file, "text", Unit.LINES, bytes)));
      assertEquals(
          file
              + ", line 2 (byte 4): expected UTF-8 text but found 'two \uFFFD'; convert the file to"
              + " UTF-8",
          e.getMessage());
    }
    Files.write(file, "one".getBytes(StandardCharsets.UTF_16));
    SourceException wide = assertThrows(SourceException.class, () -> new TextSource(file).open());
    assertEquals(file + " is UTF-16; convert it to UTF-8", wide.getMessage());
    SourceException none =
        assertThrows(
            SourceException.class, () -> new TextSource(folder.resolve("none.txt")).open());
    assertTrue(none.getMessage().startsWith("there is no file "), none.getMessage());
    assertEquals(
        "splitBytes must be 1 to 268435456 but was 0",
        assertThrows(
                IllegalArgumentException.class, () -> new TextSource(file, "text", Unit.LINES, 0))
            .getMessage());
  }
}
