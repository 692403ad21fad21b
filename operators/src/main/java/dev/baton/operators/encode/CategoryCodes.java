package dev.baton.operators.encode;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Names;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.operator.ValueException;
import dev.baton.operators.internal.KeyTable;
import dev.baton.operators.internal.Longs;
import dev.baton.operators.internal.Strings;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** The fitted codes of one column's categories. Immutable, so all workers share one. */
final class CategoryCodes {
  /** The code of values that were not seen at fit. */
  static final int UNKNOWN = Integer.MIN_VALUE;

  private final String column;
  private final TypeFamily type;
  private final List<String> categories;
  private final KeyTable table = new KeyTable();
  private final int alone;
  private final int rareCode;
  private final int nullCode;

  /**
   * @param categories those that stand alone, coded 0, 1, 2, … in this order
   * @param rare those that share {@code rareCode}
   * @param nullCode the code of nulls
   */
  CategoryCodes(
      String column,
      TypeFamily type,
      List<String> categories,
      List<String> rare,
      int rareCode,
      int nullCode) {
    this.column = column;
    this.type = type;
    this.categories = categories;
    this.alone = categories.size();
    this.rareCode = rareCode;
    this.nullCode = nullCode;
    categories.forEach(this::add);
    rare.forEach(this::add);
    if (table.size() != alone + rare.size()) {
      throw new BindException("categories of column '" + column + "' are not distinct");
    }
  }

  private void add(String category) {
    switch (type) {
      case TEXT -> table.add(category);
      case BOOLEAN -> table.add(category.equals("true") ? 1 : 0);
      default -> table.add(Long.parseLong(category));
    }
  }

  /**
   * Writes the codes of {@code count} rows from row {@code first} to {@code codes}.
   *
   * @param nulls whether the column has any
   * @param scratch room for as many values
   */
  void encode(
      FieldVector vector, boolean nulls, int first, int count, long[] scratch, int[] codes) {
    if (type == TypeFamily.TEXT) {
      encodeText(vector, nulls, first, count, codes);
    } else {
      Longs.load(vector, first, count, scratch);
      for (int i = 0; i < count; i++) {
        codes[i] = code(table.find(scratch[i]));
      }
      if (nulls) {
        long validity = Validity.address(vector);
        for (int i = 0; i < count; i++) {
          codes[i] = Validity.isSet(validity, first + i) ? codes[i] : nullCode;
        }
      }
    }
  }

  private void encodeText(FieldVector vector, boolean nulls, int first, int count, int[] codes) {
    long data = Vectors.data(vector);
    long offsets = Vectors.offsets(vector) + 4L * first;
    if (!nulls) {
      int start = Memory.getInt(offsets);
      for (int i = 0; i < count; i++) {
        int end = Memory.getInt(offsets + 4L * i + 4);
        codes[i] = code(table.find(data + start, end - start));
        start = end;
      }
      return;
    }
    long validity = Validity.address(vector);
    for (int i = 0; i < count; i++) {
      if (Validity.isSet(validity, first + i)) {
        int start = Memory.getInt(offsets + 4L * i);
        int end = Memory.getInt(offsets + 4L * i + 4);
        codes[i] = code(table.find(data + start, end - start));
      } else {
        codes[i] = nullCode;
      }
    }
  }

  private int code(int number) {
    return number < 0 ? UNKNOWN : number < alone ? number : rareCode;
  }

  /** Refuses the first unknown value, if there is one, among the encoded rows. */
  void refuseUnknown(FieldVector vector, int first, int count, int[] codes, String remedy) {
    int unknown = 0;
    for (int i = 0; i < count; i++) {
      unknown |= codes[i] == UNKNOWN ? 1 : 0;
    }
    for (int i = 0; unknown != 0 && i < count; i++) {
      if (codes[i] == UNKNOWN) {
        throw unknown(vector, first + i, remedy);
      }
    }
  }

  private ValueException unknown(FieldVector vector, int row, String remedy) {
    if (!Validity.isSet(Validity.address(vector), row)) {
      return new ValueException(
          column,
          row,
          "expected a category seen at fit but was null; put an imputer before, or " + remedy);
    }
    String value = value(vector, row);
    String hint = Names.hint(value, categories);
    return new ValueException(
        column,
        row,
        String.format(
            "expected a category seen at fit but was '%s'%s%s %s",
            value, hint, hint.endsWith("?") ? " Else" : ";", remedy));
  }

  private String value(FieldVector vector, int row) {
    if (type == TypeFamily.TEXT) {
      return Strings.of(vector, row);
    }
    long[] value = new long[1];
    Longs.load(vector, row, 1, value);
    return type == TypeFamily.BOOLEAN ? Boolean.toString(value[0] == 1) : Long.toString(value[0]);
  }
}
