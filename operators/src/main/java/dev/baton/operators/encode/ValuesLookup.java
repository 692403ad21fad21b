package dev.baton.operators.encode;

import dev.baton.engine.operator.TypeFamily;
import java.util.List;

/** The numbers that take the place of one column's categories, ready for use by any thread. */
final class ValuesLookup {
  final String name;

  /** The columns that take its place, or its own name alone. */
  final List<String> outputs;

  /** The place of a category among the values of a fold. */
  final CategoryCodes codes;

  /** By output, fold and place. */
  final double[][][] values;

  ValuesLookup(
      String name,
      TypeFamily type,
      List<String> categories,
      List<String> outputs,
      List<List<List<Double>>> values) {
    int size = categories.size();
    this.name = name;
    this.outputs = outputs;
    this.codes = new CategoryCodes(name, type, 0, categories, List.of(), size, size);
    this.values =
        values.stream()
            .map(
                output ->
                    output.stream()
                        .map(fold -> fold.stream().mapToDouble(Double::doubleValue).toArray())
                        .toArray(double[][]::new))
            .toArray(double[][][]::new);
  }
}
