package dev.baton.operators.encode;

import dev.baton.engine.batch.Names;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.operator.ValueException;
import dev.baton.operators.internal.KeyBlock;
import dev.baton.operators.internal.KeyTable;
import dev.baton.operators.internal.Keys;
import dev.baton.operators.internal.Longs;
import dev.baton.operators.internal.Strings;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;

/** The fitted codes of one column's categories. Immutable, so all workers share one. */
final class CategoryCodes {
  /** The code of values that were not seen at fit. */
  static final int UNKNOWN = Integer.MIN_VALUE;

  /** The code of nulls, and of NaN, where they have none of their own. */
  static final int NULL = Integer.MIN_VALUE + 1;

  private final String column;
  private final TypeFamily type;
  private final List<String> categories;
  private final KeyTable table = new KeyTable();
  private final int firstCode;
  private final int alone;
  private final int rareCode;
  private final int nullCode;

  /**
   * @param firstCode the code of the first of them
   * @param categories those that stand alone, coded one after the other in this order
   * @param rare those that share {@code rareCode}
   * @param nullCode the code of nulls
   */
  CategoryCodes(
      String column,
      TypeFamily type,
      int firstCode,
      List<String> categories,
      List<String> rare,
      int rareCode,
      int nullCode) {
    this.column = column;
    this.type = type;
    this.categories = categories;
    this.firstCode = firstCode;
    this.alone = categories.size();
    this.rareCode = rareCode;
    this.nullCode = nullCode;
    categories.forEach(category -> Keys.add(type, table, category));
    rare.forEach(category -> Keys.add(type, table, category));
    if (table.size() != alone + rare.size()) {
      throw new BindException("categories of column '" + column + "' are not distinct");
    }
  }

  /**
   * Writes the codes of {@code count} rows from row {@code first}, a multiple of 64, to {@code
   * codes}.
   *
   * @param scratch room for as many values
   */
  void encode(FieldVector vector, int first, int count, long[] scratch, int[] codes) {
    KeyBlock block = KeyBlock.ofThread().load(type, vector, first, count, scratch).find(table);
    if (block.size() < count) {
      Arrays.fill(codes, 0, count, nullCode);
    }
    for (int i = 0; i < block.size(); i++) {
      codes[block.row(i)] = code(block.number(i));
    }
  }

  /** Writes the codes of some texts of a dictionary to {@code codes}, at their numbers. */
  void encode(VarCharVector texts, int[] numbers, int count, int[] codes) {
    KeyBlock block = KeyBlock.ofThread().load(texts, numbers, count).find(table);
    for (int i = 0; i < count; i++) {
      codes[block.row(i)] = code(block.number(i));
    }
  }

  private int code(int number) {
    return number < 0 ? UNKNOWN : number < alone ? firstCode + number : rareCode;
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
    String value = value(vector, row);
    if (value == null) {
      return new ValueException(
          column,
          row,
          String.format(
              "expected a category seen at fit but was %s; put an imputer before, or %s",
              Validity.isSet(Validity.address(vector), row) ? "NaN" : "null", remedy));
    }
    String hint = Names.hint(value, categories);
    return new ValueException(
        column,
        row,
        String.format(
            "expected a category seen at fit but was '%s'%s%s %s",
            value, hint, hint.endsWith("?") ? " Else" : ";", remedy));
  }

  /**
   * The value of a row as {@link Keys#name(TypeFamily, long)} writes it, or null where it is
   * missing.
   */
  private String value(FieldVector vector, int row) {
    if (!Validity.isSet(Validity.address(vector), row)) {
      return null;
    }
    if (type == TypeFamily.TEXT) {
      return Strings.of(vector, row);
    }
    long[] key = new long[1];
    Keys.load(type, vector, row, 1, key);
    return type == TypeFamily.FLOATING && key[0] == Longs.NAN ? null : Keys.name(type, key[0]);
  }
}
