package dev.baton.operators.text;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * Which terms get a feature: those seen at fit, within limits and in the order of their code
 * points, or given ones.
 *
 * @param minDocuments leave out terms that occur in fewer documents (default 1)
 * @param maxDocuments leave out terms that occur in more documents (default 1.0, all of them)
 * @param maxTerms keep only so many, those that occur most often in all; of equally frequent ones
 *     those that sort first; 0 for no limit (the default)
 * @param terms these terms and no others, in this order; empty (the default) to learn them
 */
public record Vocabulary(
    DocumentFrequency minDocuments,
    DocumentFrequency maxDocuments,
    int maxTerms,
    List<String> terms) {
  private static final DocumentFrequency ONE = DocumentFrequency.count(1);
  private static final DocumentFrequency ALL = DocumentFrequency.share(1);

  public Vocabulary {
    Objects.requireNonNull(minDocuments, "minDocuments");
    Objects.requireNonNull(maxDocuments, "maxDocuments");
    terms = List.copyOf(terms);
    if (maxTerms < 0) {
      throw new IllegalArgumentException(
          "maxTerms must be at least 0 but was " + maxTerms + "; 0 means no limit");
    }
    if (!terms.isEmpty()) {
      if (!minDocuments.equals(ONE) || !maxDocuments.equals(ALL) || maxTerms > 0) {
        throw new IllegalArgumentException(
            "limits are for terms that are learnt; leave them out or leave out 'terms'");
      }
      HashSet<String> seen = new HashSet<>();
      for (String term : terms) {
        if (!seen.add(term)) {
          throw new IllegalArgumentException("terms has '" + term + "' twice");
        }
      }
    }
  }

  /** All terms that occur. */
  public Vocabulary() {
    this(ONE, ALL, 0, List.of());
  }

  /** These terms. */
  public static Vocabulary of(List<String> terms) {
    return new Vocabulary(ONE, ALL, 0, terms);
  }
}
