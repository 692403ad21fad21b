package dev.baton.engine.operator;

import dev.baton.engine.batch.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Checks one operator against the schema that reaches it and notes what it will read and change.
 * The planner derives from this which columns a pass must read and which estimators share a pass.
 */
public final class Binder {
  private final Schema input;
  private final boolean inputKnown;
  private final Set<String> reads = new LinkedHashSet<>();
  private final Map<String, String> renames = new LinkedHashMap<>();
  private final Set<String> writes = new LinkedHashSet<>();
  private final List<Field> output;
  private final Set<String> fills = new LinkedHashSet<>();
  private boolean outputKnown;
  private boolean changesRows;
  private boolean looksThroughFills;

  /**
   * @param inputKnown false when further columns may reach the operator that depend on data not yet
   *     seen
   */
  public Binder(Schema input, boolean inputKnown) {
    this.input = input;
    this.inputKnown = inputKnown;
    this.output = new ArrayList<>(input.getFields());
    this.outputKnown = inputKnown;
  }

  /** The schema that reaches the operator, as far as it is known. */
  public Schema input() {
    return input;
  }

  /** Whether further columns can reach the operator that depend on data not yet seen. */
  public boolean inputKnown() {
    return inputKnown;
  }

  /**
   * The columns meant by a selector, whose values the operator will read.
   *
   * @throws BindException when one does not exist or its type is not among {@code accepted}
   */
  public List<Field> read(Columns columns, TypeFamily... accepted) {
    List<Field> fields = refer(columns);
    for (Field field : fields) {
      check(field, accepted);
      reads.add(field.getName());
    }
    return fields;
  }

  /** One column whose values the operator will read. */
  public Field read(String name, TypeFamily... accepted) {
    return read(new Columns.Named(List.of(name)), accepted).get(0);
  }

  /** The columns meant by a selector, which the operator moves or drops without looking inside. */
  public List<Field> refer(Columns columns) {
    if (!inputKnown && columns.isPattern()) {
      throw new NotYetKnownException();
    }
    if (!inputKnown && columns instanceof Columns.Named named) {
      for (String name : named.names()) {
        if (Columns.findOrNull(input, name) == null) {
          throw new NotYetKnownException();
        }
      }
    }
    return columns.resolve(input);
  }

  private static void check(Field field, TypeFamily... accepted) {
    if (accepted.length == 0) {
      return;
    }
    List<String> words = new ArrayList<>();
    for (TypeFamily family : accepted) {
      if (family.accepts(field.getType())) {
        return;
      }
      words.add(family.name().toLowerCase(Locale.ROOT));
    }
    throw new BindException(
        String.format(
            "column '%s' is %s but must be %s; choose other columns or put a cast before this stage",
            field.getName(), Types.name(field.getType()), String.join(" or ", words)));
  }

  /** Declares that the operator adds this column at the end, or replaces the one of its name. */
  public void put(Field field) {
    writes.add(field.getName());
    for (int i = 0; i < output.size(); i++) {
      if (output.get(i).getName().equals(field.getName())) {
        output.set(i, field);
        return;
      }
    }
    output.add(field);
  }

  /** Declares that the operator adds columns whose names or types depend on the data. */
  public void putUnknown() {
    outputKnown = false;
  }

  /** Declares that the operator drops this column. */
  public void drop(String name) {
    writes.add(name);
    output.removeIf(field -> field.getName().equals(name));
  }

  /**
   * Declares that the operator drops this column or keeps it, which depends on the data. It counts
   * as there until that is known; a later stage that names it fails when it is not.
   */
  public void mayDrop(String name) {
    writes.add(name);
  }

  /**
   * Declares that the operator keeps exactly these columns, in this order; all others are dropped.
   */
  public void retain(List<String> names) {
    if (!inputKnown) {
      throw new NotYetKnownException();
    }
    List<Field> kept = new ArrayList<>();
    for (String name : names) {
      kept.add(Columns.find(new Schema(output), name));
    }
    output.forEach(field -> writes.add(field.getName()));
    names.forEach(writes::remove);
    output.clear();
    output.addAll(kept);
  }

  /** Declares that the operator renames a column in its place. */
  public void rename(String from, String to) {
    Field field = Columns.find(new Schema(output), from);
    if (!from.equals(to)) {
      drop(to);
    }
    writes.add(from);
    writes.add(to);
    renames.put(to, from);
    output.set(output.indexOf(field), new Field(to, field.getFieldType(), field.getChildren()));
  }

  /** Declares that the operator can drop, repeat or reorder rows. */
  public void changesRows() {
    changesRows = true;
  }

  /**
   * Declares that what the estimator is fitted to puts one value, the same in every row, where this
   * column is missing, that is null or NaN, and leaves all other values what they are, except
   * perhaps for their type; or drops the column. An estimator further on that {@linkplain
   * #looksThroughFills looks through fills} then shares its pass.
   */
  public void fills(String name) {
    fills.add(name);
  }

  /**
   * Declares that the estimator need not wait for values that will stand where columns are missing.
   * Its state may be shown columns that hold null or NaN there, and of the type from before, counts
   * these, and is told the values in the end by {@link FitState#fill}.
   */
  public void looksThroughFills() {
    looksThroughFills = true;
  }

  /** Ends the binding of a transform. */
  public BoundTransform transform(Kernel.Factory kernels) {
    return new BoundTransform(
        Set.copyOf(reads),
        Map.copyOf(renames),
        Set.copyOf(writes),
        changesRows,
        new Schema(output),
        kernels);
  }

  /** Ends the binding of an estimator. */
  public <S extends FitState<S>> BoundEstimator<S> estimator(
      Supplier<S> newState, Function<S, Transform> finish) {
    return new BoundEstimator<>(
        Set.copyOf(reads),
        Set.copyOf(writes),
        Set.copyOf(fills),
        looksThroughFills,
        changesRows,
        new Schema(output),
        outputKnown,
        newState,
        finish);
  }

  /** Whether the schema the operator leaves behind is complete. */
  public boolean outputKnown() {
    return outputKnown;
  }

  /** The operator refers to columns that an unfitted estimator before it has yet to decide. */
  public static final class NotYetKnownException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private NotYetKnownException() {
      super("depends on columns that are known only after an earlier fit", null, false, false);
    }
  }
}
