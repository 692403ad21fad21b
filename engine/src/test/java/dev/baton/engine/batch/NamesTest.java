package dev.baton.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
  private static final List<String> STEPS =
      List.of("clip", "rolling-window", "tfidf-transformer", "tfidf-vectorizer");

  @Test
  void a_slip_of_the_keys_is_the_nearest_name() {
    assertEquals(", did you mean 'rolling-window'?", Names.hint("rollingwindw", STEPS));
    assertEquals(", did you mean 'tfidf-vectorizer'?", Names.hint("TfidfVectorizer", STEPS));
  }

  @Test
  void a_part_of_names_is_those_names() {
    assertEquals(", did you mean 'rolling-window'?", Names.hint("rolling", STEPS));
    assertEquals(
        ", did you mean 'tfidf-transformer' or 'tfidf-vectorizer'?", Names.hint("tf-idf", STEPS));
  }

  @Test
  void else_all_are_listed() {
    String all = "; valid are clip, rolling-window, tfidf-transformer, tfidf-vectorizer";
    assertEquals(all, Names.hint("standardise", STEPS));
    assertEquals(all, Names.hint("o", STEPS));
    assertEquals("; there are none", Names.hint("x", List.of()));
  }
}
