package dev.baton.operators.text;

import dev.baton.engine.batch.Types;
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
 * Counts how often each term of a vocabulary occurs in each text, with the same numbers as
 * scikit-learn's {@code CountVectorizer}. Terms that are not in the vocabulary are passed over.
 * Each column has a vocabulary of its own; one that is left without a term is an error.
 *
 * <p>A sparse vector is two columns at the end, in place of the source column: {@code
 * <column>_indices}, a list of int32 in ascending order, and {@code <column>_values}, a list of as
 * many int32. A dense vector is a list of one int32 for each term, in the place of the source
 * column; with {@code columns} each term is an int32 column {@code <column>_<term>} at the end
 * instead, and more than 4,096 of them are an error. Null is no document and stays null; a text
 * without such terms becomes an empty sparse or an all-zero dense vector.
 *
 * <p>State: each distinct term with two counts, exact; grows with the distinct terms seen, before
 * any limit.
 *
 * <p>Cost: linear in the text, and a sort of the distinct terms once; a sort of the terms of each
 * row.
 *
 * <p>Like: scikit-learn CountVectorizer (int64; of equally frequent terms, maxTerms keeps any;
 * preprocessor and tokenizer can be functions); Spark ML CountVectorizer (the most frequent term is
 * 0, at most 2^18 terms); Ray Data CountVectorizer (one column per term).
 *
 * @param columns columns of text, or of lists of texts: then each is a token already
 * @param vocabulary which terms count: {@code min-documents}, {@code max-documents}, {@code
 *     max-terms}, or {@code terms} to give them, see {@link Vocabulary}; by default all terms seen
 * @param binary count each term at most once (default false)
 * @param output {@code sparse} (the default); {@code dense} or {@code columns}, which are for few
 *     terms
 * @param analyzer how texts are cut into terms: {@code unit}, {@code pattern}, {@code lowercase},
 *     {@code accents}, {@code min-length}, {@code stop-words}, {@code min-gram}, {@code max-gram},
 *     see {@link Analyzer}; by default single words in lower case
 */
public record CountVectorizer(
    Columns columns, Vocabulary vocabulary, boolean binary, Output output, Analyzer analyzer)
    implements Estimator<TermCounts> {

  public CountVectorizer {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(vocabulary, "vocabulary");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(analyzer, "analyzer");
  }

  public CountVectorizer(Columns columns) {
    this(columns, new Vocabulary(), false, Output.SPARSE, new Analyzer());
  }

  @Override
  public BoundEstimator<TermCounts> bind(Binder binder) {
    List<Field> fields = Documents.read(columns, binder);
    List<String> names = fields.stream().map(Field::getName).toList();
    VectorForm.announce(names, output, Types.INT32, binder);
    return binder.estimator(() -> new TermCounts(names, analyzer), this::finish);
  }

  private Transform finish(TermCounts counts) {
    List<Vectorizing.Column> fitted = new ArrayList<>();
    for (TermCounts.Column column : counts.columns()) {
      List<String> terms = column.choose(vocabulary).terms();
      fitted.add(new Vectorizing.Column(column.name, terms, List.of()));
    }
    return new Vectorizing(fitted, analyzer, binary, false, Norm.NONE, output);
  }
}
