package dev.baton.operators.text;

import dev.baton.engine.operator.Patterns;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How a text is cut into terms, with the rules and defaults of scikit-learn's vectorizers: it is
 * turned to lower case, stripped of accents, cut into tokens without the stop words, and the tokens
 * are joined to n-grams. Two are equal when their patterns have the same text and flags and all
 * else is equal.
 *
 * <p>A column that holds lists of texts is taken as tokens already: only stop words and n-grams
 * still apply.
 *
 * <p>Without a pattern, a token is a run of at least {@code minLength} word characters. These are
 * those of Python's {@code \w}: Unicode's letters (L), numbers (N) and the underscore. Java's
 * {@code \w} with {@link Pattern#UNICODE_CHARACTER_CLASS} also takes marks, other connectors,
 * joiners and circled letters, but no numbers such as ½.
 *
 * @param unit {@code word} (the default), {@code char} or {@code char-wb}
 * @param pattern a Java regular expression that matches a token, or whose one group does, in place
 *     of runs of word characters; much slower. Write {@code (?U)} at its start for {@code \w} and
 *     the like to know letters other than a to z. Words only
 * @param lowercase turn the text to lower case first, by Unicode's rules without a language
 *     (default true)
 * @param accents {@code keep} (the default), {@code unicode} or {@code ascii}
 * @param minLength leave out tokens of fewer characters (default 2, with a pattern 1). Words only
 * @param stopWords leave out tokens that are among these: {@code none} (the default), {@code
 *     english}, see {@link StopList}. Words only
 * @param minGram terms of at least so many tokens or characters (default 1)
 * @param maxGram terms of at most so many (default 1)
 */
public record Analyzer(
    Unit unit,
    Pattern pattern,
    boolean lowercase,
    Accents accents,
    Integer minLength,
    StopList stopWords,
    int minGram,
    int maxGram) {

  public Analyzer {
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(accents, "accents");
    Objects.requireNonNull(stopWords, "stopWords");
    if (minGram < 1 || maxGram < minGram) {
      throw new IllegalArgumentException(
          String.format(
              "minGram must be at least 1 and at most maxGram, but they were %d and %d",
              minGram, maxGram));
    }
    if (pattern != null && pattern.matcher("").groupCount() > 1) {
      throw new IllegalArgumentException(
          "pattern must have at most one group, which is the token, but was "
              + pattern
              + "; write (?:…) for the others");
    }
    if (minLength != null && minLength < 1) {
      throw new IllegalArgumentException("minLength must be at least 1 but was " + minLength);
    }
    if (unit != Unit.WORD
        && (pattern != null || minLength != null || !(stopWords instanceof StopList.None))) {
      throw new IllegalArgumentException(
          "pattern, minLength and stopWords are about words; set unit=word or leave them out");
    }
  }

  /** Single words, as scikit-learn has them by default. */
  public Analyzer() {
    this(Unit.WORD, null, true, Accents.KEEP, null, new StopList.None(), 1, 1);
  }

  /** The same with terms of so many tokens or characters. */
  public Analyzer withGrams(int minGram, int maxGram) {
    return new Analyzer(unit, pattern, lowercase, accents, minLength, stopWords, minGram, maxGram);
  }

  /** The same without these tokens. */
  public Analyzer withStopWords(StopList stopWords) {
    return new Analyzer(unit, pattern, lowercase, accents, minLength, stopWords, minGram, maxGram);
  }

  /** The same with tokens that match a regular expression. */
  public Analyzer withPattern(Pattern pattern) {
    return new Analyzer(unit, pattern, lowercase, accents, minLength, stopWords, minGram, maxGram);
  }

  /** The same for terms of another kind. */
  public Analyzer withUnit(Unit unit) {
    return new Analyzer(unit, pattern, lowercase, accents, minLength, stopWords, minGram, maxGram);
  }

  /** The shortest token. */
  int shortest() {
    return minLength != null ? minLength : pattern == null ? 2 : 1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Analyzer that
        && Patterns.equal(pattern, that.pattern)
        && others().equals(that.others());
  }

  @Override
  public int hashCode() {
    return Objects.hash(others(), Patterns.hash(pattern));
  }

  /** All components but the pattern. */
  private List<Object> others() {
    return Arrays.asList(unit, lowercase, accents, minLength, stopWords, minGram, maxGram);
  }
}
