package dev.baton.engine.batch;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Finds the valid name a user most likely meant. */
public final class Names {
  private static final int SHORTEST_PART = 3;
  private static final int MOST_WHOLE = 5;

  private Names() {}

  /** The valid name nearest to {@code wrong} by edit distance, or null when none is near. */
  public static String nearest(String wrong, Collection<String> valid) {
    String best = null;
    int bestDistance = Math.max(2, wrong.length() / 3) + 1;
    for (String name : valid) {
      int distance = distance(plain(wrong), plain(name));
      if (distance < bestDistance) {
        best = name;
        bestDistance = distance;
      }
    }
    return best;
  }

  /**
   * {@code ", did you mean 'x'?"}, by what is nearest or else by the names that {@code wrong} is a
   * part of; else {@code "; valid are a, b, c"} (at most 20 of them).
   */
  public static String hint(String wrong, Collection<String> valid) {
    String nearest = nearest(wrong, valid);
    if (nearest != null) {
      return ", did you mean '" + nearest + "'?";
    }
    List<String> whole = containing(wrong, valid);
    if (!whole.isEmpty()) {
      return ", did you mean '" + String.join("' or '", whole) + "'?";
    }
    if (valid.isEmpty()) {
      return "; there are none";
    }
    String listed = String.join(", ", valid.stream().limit(20).toList());
    return "; valid are " + listed + (valid.size() > 20 ? ", …" : "");
  }

  /** The names that {@code part} is a part of; none when it is too short or too common to tell. */
  private static List<String> containing(String part, Collection<String> valid) {
    if (plain(part).length() < SHORTEST_PART) {
      return List.of();
    }
    List<String> whole = valid.stream().filter(name -> plain(name).contains(plain(part))).toList();
    return whole.size() > MOST_WHOLE ? List.of() : whole;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "").replace(" ", "");
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
