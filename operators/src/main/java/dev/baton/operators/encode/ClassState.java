package dev.baton.operators.encode;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.IntSort;
import dev.baton.operators.internal.KeyBlock;
import dev.baton.operators.internal.KeyTable;
import dev.baton.operators.internal.Keys;
import dev.baton.operators.internal.Longs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * How often each class of a target occurs, in all rows and in those of each category of some
 * columns, by fold; exact.
 */
public final class ClassState implements FitState<ClassState> {
  private final String target;
  private final TypeFamily type;
  private final Folds folds;
  private final KeyTable classes = new KeyTable();
  private final ClassCounts all;
  private final List<ClassColumn> columns = new ArrayList<>();
  private final long[] scratch = new long[Longs.BLOCK];
  private final int[] targets = new int[Longs.BLOCK];
  private final int[] groups = new int[Longs.BLOCK];

  ClassState(Field target, List<Field> fields, int folds) {
    this.target = target.getName();
    this.type = Keys.family(target);
    this.folds = new Folds(folds);
    this.all = new ClassCounts(folds);
    fields.forEach(field -> columns.add(new ClassColumn(field, folds)));
  }

  @Override
  public void observe(Batch batch) {
    FieldVector source = batch.column(target);
    for (int first = 0; first < batch.rows(); first += Longs.BLOCK) {
      int count = Math.min(Longs.BLOCK, batch.rows() - first);
      KeyBlock block = KeyBlock.ofThread().load(type, source, first, count, scratch).add(classes);
      Arrays.fill(targets, 0, count, -1);
      for (int i = 0; i < block.size(); i++) {
        targets[block.row(i)] = block.number(i);
      }
      int fold = folds.next();
      Arrays.fill(groups, 0, count, 0);
      all.add(groups, targets, count, fold);
      for (ClassColumn column : columns) {
        column.observe(batch.column(column.name), first, count, targets, scratch, groups, fold);
      }
      folds.pass(count);
    }
  }

  @Override
  public void merge(ClassState later) {
    int shift = folds.merge(later.folds);
    int[] numbers = new int[later.classes.size()];
    for (int number = 0; number < numbers.length; number++) {
      numbers[number] = classes.add(later.classes, number);
    }
    all.merge(later.all, new int[1], numbers, shift);
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).merge(later.columns.get(i), numbers, shift);
    }
  }

  @Override
  public void write(StateWriter out) {
    folds.write(out);
    classes.write(out);
    all.write(out);
    columns.forEach(column -> column.write(out));
  }

  @Override
  public void read(StateReader in) {
    folds.read(in);
    classes.read(in);
    all.read(in);
    columns.forEach(column -> column.read(in));
  }

  /** The classes of all rows whose target is not missing: those of group 0. */
  ClassCounts all() {
    return all;
  }

  List<ClassColumn> columns() {
    return columns;
  }

  /** The numbers of the classes in ascending order. */
  int[] sortedClasses() {
    return IntSort.order(classes.size(), Keys.ascending(type, classes));
  }

  /** A class as written in column names. */
  String className(int number) {
    return Keys.name(type, classes, number);
  }

  /** The fold of the first row of each split. */
  List<Integer> starts() {
    return folds.starts();
  }
}
