package dev.baton.operators.text;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Transform;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Names the terms of each text that tell it from the others: those with the largest weights of
 * {@link TfidfVectorizer}, with its defaults. They go to a new text column {@code
 * <column>_keywords} at the end, the heaviest first, parted by a comma and a space; equally heavy
 * ones in the order of their code points. Null stays null; a text without terms gets the empty
 * text.
 *
 * <p>State: each distinct term with two counts, exact; grows with the distinct terms seen, before
 * any limit.
 *
 * <p>Cost: linear in the text, and a sort of the distinct terms once; for each row a sort of its
 * terms and {@code most} times their number.
 *
 * @param columns columns of text, or of lists of texts: then each is a token already
 * @param most the most terms to name (default 5)
 * @param vocabulary which terms count: {@code min-documents}, {@code max-documents}, {@code
 *     max-terms}, or {@code terms} to give them, see {@link Vocabulary}; by default all terms seen
 * @param analyzer how texts are cut into terms: {@code unit}, {@code pattern}, {@code lowercase},
 *     {@code accents}, {@code min-length}, {@code stop-words}, {@code min-gram}, {@code max-gram},
 *     see {@link Analyzer}; by default single words in lower case
 */
public record Keywords(Columns columns, int most, Vocabulary vocabulary, Analyzer analyzer)
    implements Estimator<TermCounts> {

  public Keywords {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(vocabulary, "vocabulary");
    Objects.requireNonNull(analyzer, "analyzer");
    if (most < 1) {
      throw new IllegalArgumentException("most must be at least 1 but was " + most);
    }
  }

  public Keywords(Columns columns) {
    this(columns, 5, new Vocabulary(), new Analyzer());
  }

  @Override
  public BoundEstimator<TermCounts> bind(Binder binder) {
    List<Field> fields = Documents.read(columns, binder);
    List<String> names = fields.stream().map(Field::getName).toList();
    names.forEach(name -> binder.put(Types.field(KeywordNaming.column(name), Types.UTF8)));
    return binder.estimator(() -> new TermCounts(names, analyzer), this::finish);
  }

  private Transform finish(TermCounts counts) {
    TfidfVectorizer weigher = new TfidfVectorizer(columns, vocabulary, analyzer);
    return new KeywordNaming(weigher.weights(counts), analyzer, most);
  }
}
