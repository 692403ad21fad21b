package dev.baton.operators.text;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Leaves the words of a list out of lists of tokens, such as {@link Tokenize} makes, in place.
 * Words must be equal to the letter, so turn tokens to lower case before. Null stays null; a list
 * of which nothing is left becomes empty.
 *
 * <p>Cost: linear in the text.
 *
 * <p>Like: scikit-learn CountVectorizer (its stop_words; another English list); Spark ML
 * StopWordsRemover (ignores case; another English list).
 *
 * @param columns columns of lists of texts
 * @param words {@code english} (the default), {@code {words: {words: […]}}} or {@code {file: {path:
 *     …}}}, see {@link StopList}
 */
public record StopWords(Columns columns, StopList words) implements Transform {

  public StopWords {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(words, "words");
  }

  /** Leaves English function words out. */
  public StopWords(Columns columns) {
    this(columns, new StopList.English());
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Field> fields = Documents.read(columns, binder);
    for (Field field : fields) {
      if (TypeFamily.TEXT.accepts(field.getType())) {
        throw new BindException(
            String.format(
                "column '%s' is utf8 but must be a list of texts; put a tokenize before this stage",
                field.getName()));
      }
      binder.put(Types.listField(field.getName(), Types.UTF8));
    }
    List<String> names = fields.stream().map(Field::getName).toList();
    Analyzer analyzer = new Analyzer().withStopWords(words);
    return binder.transform(context -> new TermsKernel(analyzer, names, context));
  }
}
