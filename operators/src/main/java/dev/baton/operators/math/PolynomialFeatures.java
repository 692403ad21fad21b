package dev.baton.operators.math;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.Doubles;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;

/**
 * Adds all products of columns up to a degree: for {@code a} and {@code b} the columns {@code a^2},
 * {@code a b} and {@code b^2}. The columns themselves become float64 and keep their places.
 *
 * <p>The new float64 columns go to the end, in scikit-learn's order and by its names; the column of
 * ones, {@code 1}, comes first of them. A product is null where one of its factors is. There can be
 * very many: more than 10,000 are an error.
 *
 * <p>Cost: one multiplication per new value.
 *
 * <p>Like: scikit-learn PolynomialFeatures (refuses NaN; degree can also have a least); Spark ML
 * PolynomialExpansion (no column of ones, another order) and Interaction.
 *
 * @param columns numeric columns
 * @param degree the largest number of factors, at least 1
 * @param interactionOnly whether no column is a factor twice
 * @param includeBias whether to add a column of ones
 */
public record PolynomialFeatures(
    Columns columns, int degree, boolean interactionOnly, boolean includeBias)
    implements Transform {
  private static final int MOST = 10_000;

  public PolynomialFeatures {
    if (degree < 1) {
      throw new IllegalArgumentException("degree must be 1 or more but was " + degree);
    }
  }

  /** Squares and products of two, and a column of ones. */
  public PolynomialFeatures(Columns columns) {
    this(columns, 2, false, true);
  }

  /**
   * A product of columns.
   *
   * @param rest the name of the product of all factors but the last one; empty for one factor
   * @param others the part of its name before the last column
   * @param last the last column, by its position
   * @param power how often that is a factor
   * @param column the name of the last column
   */
  private record Product(String rest, String others, int last, int power, String column) {
    static Product of(String column, int position) {
      return new Product("", "", position, 1, column);
    }

    Product times(String next, int position) {
      return position == last
          ? new Product(name(), others, last, power + 1, column)
          : new Product(name(), name() + " ", position, 1, next);
    }

    String name() {
      return others + column + (power == 1 ? "" : "^" + power);
    }
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<String> names = Doubles.replace(binder, columns);
    List<Product> products = products(names);
    if (includeBias) {
      put(binder, "1");
    }
    products.forEach(product -> put(binder, product.name()));
    return binder.transform(
        context ->
            batch -> {
              for (String name : names) {
                if (!(batch.column(name) instanceof Float8Vector)) {
                  Vectors.writableDoubles(batch, name, context.allocator());
                }
              }
              if (includeBias) {
                batch.put(ones(batch.rows(), context));
              }
              for (Product product : products) {
                batch.put(multiply(batch, product, context));
              }
            });
  }

  private static void put(Binder binder, String name) {
    if (Columns.findOrNull(binder.input(), name) != null) {
      throw new BindException(
          "there is a column '" + name + "' already; rename it before this stage");
    }
    binder.put(Types.field(name, Types.FLOAT64));
  }

  /** All products of two factors or more, those of fewer factors first. */
  private List<Product> products(List<String> names) {
    List<Product> all = new ArrayList<>();
    List<Product> before = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      before.add(Product.of(names.get(i), i));
    }
    for (int factors = 2; factors <= degree; factors++) {
      List<Product> next = new ArrayList<>();
      for (Product product : before) {
        for (int i = product.last() + (interactionOnly ? 1 : 0); i < names.size(); i++) {
          next.add(product.times(names.get(i), i));
        }
        if (all.size() + next.size() > MOST) {
          throw new BindException(
              String.format(
                  "polynomials of degree %d of %d columns are more than %,d columns; choose fewer"
                      + " columns or a lower degree",
                  degree, names.size(), MOST));
        }
      }
      all.addAll(next);
      before = next;
    }
    return all;
  }

  private static FieldVector ones(int rows, KernelContext context) {
    FieldVector target = Vectors.fixed(Types.field("1", Types.FLOAT64), rows, context.allocator());
    for (int row = 0; row < rows; row++) {
      Memory.putDouble(Vectors.data(target) + 8L * row, 1);
    }
    if (rows > 0) {
      Validity.setAll(Validity.address(target), rows);
    }
    return target;
  }

  private static FieldVector multiply(Batch batch, Product product, KernelContext context) {
    FieldVector first = batch.column(product.rest());
    FieldVector second = batch.column(product.column());
    int rows = batch.rows();
    FieldVector target =
        Vectors.fixed(Types.field(product.name(), Types.FLOAT64), rows, context.allocator());
    long a = Vectors.data(first);
    long b = Vectors.data(second);
    long to = Vectors.data(target);
    for (int row = 0; row < rows; row++) {
      Memory.putDouble(
          to + 8L * row, Memory.getDouble(a + 8L * row) * Memory.getDouble(b + 8L * row));
    }
    for (int word = 0; word < Validity.words(rows); word++) {
      long valid =
          Validity.word(Validity.address(first), word, rows)
              & Validity.word(Validity.address(second), word, rows);
      Validity.putWord(Validity.address(target), word, rows, valid);
    }
    return target;
  }
}
