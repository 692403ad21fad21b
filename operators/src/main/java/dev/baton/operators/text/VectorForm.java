package dev.baton.operators.text;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.operators.internal.NewColumns;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * How the vectors of one column, or of one name, are written.
 *
 * @param column the column they are of, or what they are called
 * @param replaces whether they take the place of that column, and are null where it is; else they
 *     are new, and none is null
 * @param output in which columns
 * @param element the type of a value: int32, float32 or float64
 * @param names the columns of their own that features have; else empty
 */
public record VectorForm(
    String column, boolean replaces, Output output, ArrowType element, List<String> names) {
  private static final int MOST_COLUMNS = 4096;

  /**
   * The form of vectors whose features are known.
   *
   * @param features how many there are
   * @param name what each is called
   */
  public static VectorForm of(
      String column,
      boolean replaces,
      Output output,
      ArrowType element,
      int features,
      IntFunction<String> name) {
    if (output != Output.COLUMNS) {
      return new VectorForm(column, replaces, output, element, List.of());
    }
    if (features > MOST_COLUMNS) {
      throw new BindException(
          String.format(
              "column '%s' has %d features, but at most %d can be columns of their own; set fewer"
                  + " features or a vocabulary's maxTerms, or output=sparse",
              column, features, MOST_COLUMNS));
    }
    List<String> names =
        IntStream.range(0, features).mapToObj(i -> column + "_" + name.apply(i)).toList();
    return new VectorForm(column, replaces, output, element, names);
  }

  /** Declares the columns of vectors whose features will only be known after a fit. */
  static void announce(List<String> columns, Output output, ArrowType element, Binder binder) {
    if (output == Output.COLUMNS) {
      columns.forEach(binder::drop);
      binder.putUnknown();
    } else {
      columns.forEach(
          c -> new VectorForm(c, true, output, element, List.of()).declareLists(binder));
    }
  }

  /** Declares the columns of vectors, of one form of output. */
  public static void declare(List<VectorForm> forms, Binder binder) {
    if (forms.isEmpty() || forms.get(0).output != Output.COLUMNS) {
      forms.forEach(form -> form.declareLists(binder));
      return;
    }
    NewColumns made =
        new NewColumns(
            binder, forms.stream().filter(VectorForm::replaces).map(VectorForm::column).toList());
    for (VectorForm form : forms) {
      form.fields().forEach(field -> made.put("vectorizing", form.column, field));
    }
  }

  private void declareLists(Binder binder) {
    if (output == Output.DENSE) {
      binder.put(dense());
    } else {
      if (replaces) {
        binder.drop(column);
      }
      binder.put(indices());
      binder.put(values());
    }
  }

  Field dense() {
    return Types.listField(column, element);
  }

  Field indices() {
    return Types.listField(column + "_indices", Types.INT32);
  }

  Field values() {
    return Types.listField(column + "_values", element);
  }

  /** The columns that features have of their own. */
  List<Field> fields() {
    return names.stream().map(name -> Types.field(name, element)).toList();
  }
}
