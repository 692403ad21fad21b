package dev.baton.engine.spec;

import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.source.Sink;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.Split;
import dev.baton.engine.spec.index.Kind;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the form of a Java type. */
final class Forms {
  private Forms() {}

  /** The form of {@code type}, which may be one that says that there is none. */
  static Form of(Type type) {
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic);
    }
    if (!(type instanceof Class<?> plain)) {
      return new NoForm(type);
    }
    Form scalar = ScalarForm.of(plain);
    if (scalar != null) {
      return scalar;
    }
    if (plain.isEnum()) {
      return new EnumForm(plain);
    }
    if (plain == Path.class) {
      return new PathForm();
    }
    if (plain == Columns.class) {
      return new ColumnsForm();
    }
    Form structured = structured(plain);
    Form parsed = ParsedForm.of(plain, structured);
    return parsed != null ? parsed : structured != null ? structured : new NoForm(type);
  }

  /** The form of a class that is more than a text, or null. */
  private static Form structured(Class<?> type) {
    if (Operator.class.isAssignableFrom(type)) {
      return new NamedForm(Kind.OPERATOR);
    }
    if (type == Source.class) {
      return new NamedForm(Kind.SOURCE);
    }
    if (type == Sink.class) {
      return new NamedForm(Kind.SINK);
    }
    if (type == Split.class) {
      return new SplitForm();
    }
    if (type.isRecord()) {
      return new RecordForm(RecordShape.of(type));
    }
    if (type.isSealed()) {
      return ChoiceForm.of(type);
    }
    return null;
  }

  private static Form ofGeneric(ParameterizedType type) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == List.class) {
      return new ListForm(of(arguments[0]), false);
    }
    if (type.getRawType() == Set.class) {
      return new ListForm(of(arguments[0]), true);
    }
    if (type.getRawType() == Map.class && arguments[0] == String.class) {
      return new MapForm(of(arguments[1]));
    }
    // Such as Estimator<?>.
    return type.getRawType() instanceof Class<?> raw && Operator.class.isAssignableFrom(raw)
        ? new NamedForm(Kind.OPERATOR)
        : new NoForm(type);
  }
}
