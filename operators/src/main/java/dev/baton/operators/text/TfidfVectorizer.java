package dev.baton.operators.text;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Weighs how often each term of a vocabulary occurs in each text by how few texts it occurs in,
 * with the same numbers as scikit-learn's {@code TfidfVectorizer}: the count is multiplied by
 * {@code ln((1 + n) / (1 + df)) + 1}, where {@code df} of {@code n} texts have the term, and each
 * vector is then divided by its norm.
 *
 * <p>The vectors are written as by {@link CountVectorizer}, with float64 in place of int32. Null is
 * no document and stays null. A column left without a term is an error.
 *
 * <p>State: each distinct term with two counts, exact; grows with the distinct terms seen, before
 * any limit.
 *
 * <p>Cost: linear in the text, and a sort of the distinct terms once; a sort of the terms of each
 * row.
 *
 * <p>Source: Spärck Jones, A statistical interpretation of term specificity (1972), smoothed as
 * scikit-learn does.
 *
 * <p>Like: scikit-learn TfidfVectorizer; Spark ML CountVectorizer and IDF (no 1 is added, no norm).
 *
 * @param columns columns of text, or of lists of texts: then each is a token already
 * @param vocabulary which terms count: {@code min-documents}, {@code max-documents}, {@code
 *     max-terms}, or {@code terms} to give them, see {@link Vocabulary}; by default all terms seen
 * @param idf multiply by the inverse document frequency (default true)
 * @param smooth take one text more, which has every term, for granted (default true); without it
 *     the factor is {@code ln(n / df) + 1}
 * @param sublinear take {@code 1 + ln(count)} for the count (default false)
 * @param norm divide each vector by its {@code l2} norm (the default) or {@code l1} norm, or {@code
 *     none}
 * @param binary take 1 for every count (default false)
 * @param output {@code sparse} (the default); {@code dense} or {@code columns}, which are for few
 *     terms
 * @param analyzer how texts are cut into terms: {@code unit}, {@code pattern}, {@code lowercase},
 *     {@code accents}, {@code min-length}, {@code stop-words}, {@code min-gram}, {@code max-gram},
 *     see {@link Analyzer}; by default single words in lower case
 */
public record TfidfVectorizer(
    Columns columns,
    Vocabulary vocabulary,
    boolean idf,
    boolean smooth,
    boolean sublinear,
    Norm norm,
    boolean binary,
    Output output,
    Analyzer analyzer)
    implements Estimator<TermCounts> {

  public TfidfVectorizer {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(vocabulary, "vocabulary");
    Objects.requireNonNull(norm, "norm");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(analyzer, "analyzer");
  }

  public TfidfVectorizer(Columns columns) {
    this(columns, new Vocabulary(), new Analyzer());
  }

  /** The weights of these terms, all else by default. */
  public TfidfVectorizer(Columns columns, Vocabulary vocabulary, Analyzer analyzer) {
    this(columns, vocabulary, true, true, false, Norm.L2, false, Output.SPARSE, analyzer);
  }

  @Override
  public BoundEstimator<TermCounts> bind(Binder binder) {
    List<Field> fields = Documents.read(columns, binder);
    List<String> names = fields.stream().map(Field::getName).toList();
    VectorForm.announce(names, output, Types.FLOAT64, binder);
    return binder.estimator(() -> new TermCounts(names, analyzer), this::finish);
  }

  private Transform finish(TermCounts counts) {
    return new Vectorizing(weights(counts), analyzer, binary, sublinear, norm, output);
  }

  /** What each column's terms weigh. */
  List<Vectorizing.Column> weights(TermCounts counts) {
    List<Vectorizing.Column> fitted = new ArrayList<>();
    for (TermCounts.Column column : counts.columns()) {
      TermCounts.Chosen chosen = column.choose(vocabulary);
      List<Double> weights = new ArrayList<>(chosen.terms().size());
      for (int i = 0; i < chosen.terms().size(); i++) {
        weights.add(weight(column, chosen, i));
      }
      fitted.add(new Vectorizing.Column(column.name, chosen.terms(), weights));
    }
    return fitted;
  }

  private double weight(TermCounts.Column column, TermCounts.Chosen chosen, int term) {
    if (!idf) {
      return 1;
    }
    long having = chosen.documents().get(term);
    if (having == 0 && !smooth) {
      throw new BindException(
          String.format(
              "'%s' occurs in no text of column '%s', so its weight is infinite; leave it out of"
                  + " 'terms' or set smooth=true",
              chosen.terms().get(term), column.name));
    }
    return Idf.weight(column.documents(), having, smooth);
  }
}
