package dev.baton.operators.encode;

import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.IntSort;
import dev.baton.operators.internal.KeyBlock;
import dev.baton.operators.internal.KeyTable;
import dev.baton.operators.internal.Keys;
import java.util.Arrays;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** The classes of a target for each category of one column. */
final class ClassColumn {
  final String name;
  final TypeFamily type;
  final KeyTable keys = new KeyTable();

  /** Group 0 is that of nulls, and {@code n + 1} that of category {@code n}. */
  final ClassCounts counts;

  ClassColumn(Field field, int folds) {
    this.name = field.getName();
    this.type = Keys.family(field);
    this.counts = new ClassCounts(folds);
  }

  /**
   * Takes account of {@code count} rows from row {@code first}.
   *
   * @param classes the classes of their targets, -1 for rows to leave out
   * @param scratch room for as many values
   * @param groups room for as many
   * @param fold the fold of the first row
   */
  void observe(
      FieldVector vector,
      int first,
      int count,
      int[] classes,
      long[] scratch,
      int[] groups,
      int fold) {
    KeyBlock block = KeyBlock.ofThread().load(type, vector, first, count, scratch).add(keys);
    Arrays.fill(groups, 0, count, 0);
    for (int i = 0; i < block.size(); i++) {
      groups[block.row(i)] = 1 + block.number(i);
    }
    counts.add(groups, classes, count, fold);
  }

  void merge(ClassColumn later, int[] classes, int shift) {
    int[] groups = new int[later.keys.size() + 1];
    for (int number = 0; number < later.keys.size(); number++) {
      groups[1 + number] = 1 + keys.add(later.keys, number);
    }
    counts.merge(later.counts, groups, classes, shift);
  }

  void write(StateWriter out) {
    keys.write(out);
    counts.write(out);
  }

  void read(StateReader in) {
    keys.read(in);
    counts.read(in);
  }

  /** The numbers of the categories in ascending order. */
  int[] sorted() {
    return IntSort.order(keys.size(), Keys.ascending(type, keys));
  }
}
