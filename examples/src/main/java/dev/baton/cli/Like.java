package dev.baton.cli;

import dev.baton.engine.spec.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What other systems call an operator, by the paragraph {@code Like: scikit-learn StandardScaler;
 * Spark ML StandardScaler (ddof 1); …} of its Javadoc.
 *
 * @param bySystem what is said after the name of each of {@link #SYSTEMS}
 * @param others what is said of other systems
 */
record Like(Map<String, String> bySystem, List<String> others) {
  /** Those that have a column of their own. */
  static final List<String> SYSTEMS = List.of("scikit-learn", "Spark ML", "NVTabular", "Ray Data");

  private static final Pattern PARAGRAPH = Pattern.compile("(?m)^Like:\\s*(.*)$");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][\\w.]*\\w");

  static Like of(Entry entry) {
    Map<String, String> bySystem = new LinkedHashMap<>();
    List<String> others = new ArrayList<>();
    Matcher paragraph = PARAGRAPH.matcher(entry.doc());
    if (paragraph.find()) {
      for (String part : parts(paragraph.group(1).replaceFirst("\\.$", ""))) {
        String system = SYSTEMS.stream().filter(part::startsWith).findFirst().orElse(null);
        if (system == null) {
          others.add(part);
        } else {
          String said = part.substring(system.length()).replaceFirst("^'s", "").strip();
          bySystem.merge(system, said, (a, b) -> a + "; " + b);
        }
      }
    }
    return new Like(bySystem, others);
  }

  /** The text cut at semicolons, but not inside brackets. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ';' : text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ';' && (depth <= 0 || i == text.length())) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.removeIf(String::isEmpty);
    return parts;
  }

  /** What a system calls it and does otherwise; empty when it has no such operator. */
  String names(String system) {
    return bySystem.getOrDefault(system, "");
  }

  /** Just the names, without what is in brackets. */
  List<String> words(String system) {
    List<String> words = new ArrayList<>();
    String plain = names(system).replaceAll("\\([^()]*\\)", "");
    for (String part : plain.split(",|;| and | or ")) {
      Matcher word = WORD.matcher(part.strip());
      if (word.lookingAt()) {
        words.add(word.group());
      }
    }
    return words;
  }
}
