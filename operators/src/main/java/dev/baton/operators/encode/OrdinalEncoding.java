package dev.baton.operators.encode;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.Keys;
import dev.baton.operators.internal.Once;
import java.util.List;

/**
 * A fitted {@link OrdinalEncoder} or {@link Categorify}.
 *
 * @param columns what was seen of each column
 * @param firstCode the code of the first category
 * @param unknown as in the encoder
 * @param unknownValue as in the encoder, or the first of several codes of unknown values
 * @param unknownBuckets over how many codes unknown values are spread, at least 1
 * @param nullValue as in the encoder
 */
record OrdinalEncoding(
    List<Column> columns,
    int firstCode,
    OrdinalEncoder.Unknown unknown,
    int unknownValue,
    int unknownBuckets,
    Integer nullValue)
    implements Transform {

  /**
   * One fitted column.
   *
   * @param name the column
   * @param type of its categories, as {@link Keys#family} tells
   * @param categories those with a code of their own, in the order of the codes
   * @param rare those that share the next code; left empty where any unknown value has it too
   */
  public record Column(String name, TypeFamily type, List<String> categories, List<String> rare) {
    public Column {
      categories = List.copyOf(categories);
      rare = List.copyOf(rare);
    }
  }

  public OrdinalEncoding {
    columns = List.copyOf(columns);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    for (Column column : columns) {
      binder.read(column.name, column.type);
      binder.put(Types.field(column.name, Types.INT32));
    }
    Once<List<CategoryCodes>> codes = new Once<>(() -> columns.stream().map(this::codes).toList());
    return binder.transform(context -> new OrdinalKernel(this, codes.get(), context));
  }

  private CategoryCodes codes(Column column) {
    return new CategoryCodes(
        column.name,
        column.type,
        firstCode,
        column.categories,
        column.rare,
        firstCode + column.categories.size(),
        nullValue == null ? CategoryCodes.NULL : nullValue);
  }
}
