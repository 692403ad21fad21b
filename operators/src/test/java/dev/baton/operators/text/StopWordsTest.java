package dev.baton.operators.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopWordsTest extends OperatorContract {
  private static final List<String> STOP = List.of("red", "日本語", "", "a,b\"c\n");

  @TempDir private Path folder;

  @Override
  protected Operator operator() {
    return new StopWords(Columns.of("tokens"), new StopList.Words(STOP));
  }

  @Override
  protected Schema input() {
    return new Schema(List.of(Types.listField("tokens", Types.UTF8)));
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    return rows.with(
        rows.schema().findField("tokens"),
        "tokens",
        list ->
            list == null
                ? null
                : ((List<?>) list).stream().filter(token -> !STOP.contains(token)).toList());
  }

  @Test
  void theEnglishListHasFunctionWordsAndNoOthers() {
    Set<String> words = new StopList.English().all();
    assertTrue(words.containsAll(List.of("the", "of", "don", "yourselves", "cannot")));
    assertFalse(words.contains("wife") || words.contains("good") || words.contains("computer"));
    assertTrue(words.stream().allMatch(word -> word.matches("[a-z]+")), words.toString());
  }

  @Test
  void aFileHasAWordOnEachLine() throws IOException {
    Path file = Files.writeString(folder.resolve("stop.txt"), "# German\n der\n\ndie\r\n");
    assertEquals(List.of("der", "die"), List.copyOf(new StopList.File(file).all()));
    Path missing = folder.resolve("none.txt");
    UncheckedIOException e =
        assertThrows(UncheckedIOException.class, () -> new StopList.File(missing).all());
    assertEquals("cannot read the stop words in " + missing + ": there is none", e.getMessage());
  }

  @Test
  void textMustBeCutBefore() {
    BindException e =
        assertThrows(
            BindException.class,
            () -> Drive.declared(operator(), Rows.schema("tokens", Types.UTF8)));
    assertEquals(
        "column 'tokens' is utf8 but must be a list of texts; put a tokenize before this stage",
        e.getMessage());
  }

  @Test
  void aFileSaysTheSameAsJava() {
    assertEquals(
        new StopWords(Columns.of("remarks")), Texts.operator("stop-words", "{words: english}"));
    assertEquals(
        new StopWords(Columns.of("remarks"), new StopList.Words(List.of("a", "b"))),
        Texts.operator("stop-words", "{words: {words: {words: [a, b]}}}"));
  }
}
