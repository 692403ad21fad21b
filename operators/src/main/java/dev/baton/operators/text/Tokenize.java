package dev.baton.operators.text;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Replaces each text, in place, by the list of its terms: tokens, or n-grams of tokens or
 * characters. As in scikit-learn a token is by default a run of at least two word characters (its
 * {@code (?u)\b\w\w+\b}). Where there are terms of several sizes, the shorter ones come first.
 *
 * <p>Null stays null; a text without terms becomes an empty list.
 *
 * <p>Cost: linear in the text.
 *
 * <p>Like: scikit-learn CountVectorizer.build_analyzer; Spark ML RegexTokenizer, NGram (split at
 * blanks, single characters too); Ray Data Tokenizer.
 *
 * @param columns columns of text, or of lists of texts: then each is a token already
 * @param analyzer how texts are cut into terms: {@code unit}, {@code pattern}, {@code lowercase},
 *     {@code accents}, {@code min-length}, {@code stop-words}, {@code min-gram}, {@code max-gram},
 *     see {@link Analyzer}; by default single words in lower case
 */
public record Tokenize(Columns columns, Analyzer analyzer) implements Transform {

  public Tokenize {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(analyzer, "analyzer");
  }

  public Tokenize(Columns columns) {
    this(columns, new Analyzer());
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = Documents.read(columns, binder);
    List<String> names = fields.stream().map(Field::getName).toList();
    names.forEach(name -> binder.put(Types.listField(name, Types.UTF8)));
    return binder.transform(context -> new TermsKernel(analyzer, names, context));
  }
}
