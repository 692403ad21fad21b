package dev.baton.operators.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Words that say little about a text. In YAML: {@code english}, {@code {words: {words: [der,
 * die]}}}, {@code {file: {path: stop.txt}}} or {@code none}.
 */
public sealed interface StopList {
  /** No words. */
  record None() implements StopList {}

  /**
   * English function words: articles, pronouns, prepositions, conjunctions, auxiliary verbs and the
   * commonest adverbs. Written for Baton, under its licence; it is not the list of scikit-learn.
   * What an apostrophe parts is listed as the default tokens have it: {@code don}, {@code ll}.
   */
  record English() implements StopList {}

  /** These words. */
  record Words(List<String> words) implements StopList {
    public Words {
      words = List.copyOf(words);
    }
  }

  /**
   * The words of a UTF-8 file, one a line; blanks around them, empty lines and lines that start
   * with {@code #} do not count. It is read wherever a stage is opened, so a worker process must
   * see it too.
   */
  record File(Path path) implements StopList {
    public File {
      Objects.requireNonNull(path, "path");
    }
  }

  /**
   * The words.
   *
   * @throws UncheckedIOException naming the file that cannot be read
   */
  default Set<String> all() {
    if (this instanceof English) {
      return EnglishWords.ALL;
    }
    if (this instanceof Words listed) {
      return new LinkedHashSet<>(listed.words());
    }
    if (this instanceof File file) {
      Set<String> words = new LinkedHashSet<>();
      for (String line : lines(file.path())) {
        String word = line.strip();
        if (!word.isEmpty() && !word.startsWith("#")) {
          words.add(word);
        }
      }
      return words;
    }
    return Set.of();
  }

  private static List<String> lines(Path path) {
    try {
      return Files.readAllLines(path, StandardCharsets.UTF_8);
    } catch (IOException e) {
      String why = e instanceof java.nio.file.NoSuchFileException ? "there is none" : e.toString();
      throw new UncheckedIOException("cannot read the stop words in " + path + ": " + why, e);
    }
  }
}
