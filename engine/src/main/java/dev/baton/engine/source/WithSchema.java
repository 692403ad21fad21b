package dev.baton.engine.source;

import dev.baton.engine.batch.Types;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A source that must have exactly the columns of a schema, in whatever order. Opening it fails
 * otherwise, with all that differs in one message. Types that would be guessed are those of the
 * schema.
 *
 * @param schema the type of each column: one of {@link Types#names}, or as the message says any
 *     other that it has found, such as {@code Decimal(10, 2, 128)} or {@code List of float32}
 */
public record WithSchema(Source source, Map<String, String> schema) implements Source {
  public WithSchema {
    schema = Collections.unmodifiableMap(new LinkedHashMap<>(schema));
    Types.checkEach("schema", schema, WithSchema::checkType);
  }

  /** Types with names of their own are known; only Arrow's other types begin with a capital. */
  private static void checkType(String type) {
    if (type.isEmpty() || !Character.isUpperCase(type.charAt(0))) {
      Types.parse(type);
    }
  }

  @Override
  public Source once() {
    return new WithSchema(informed().once(), schema);
  }

  @Override
  public Source inside(UnaryOperator<Source> change) {
    return new WithSchema(source.inside(change), schema);
  }

  /** The source, told which types need not be guessed. */
  private Source informed() {
    List<Field> fields = new ArrayList<>();
    schema.forEach(
        (name, type) -> {
          if (Types.names().contains(type)) {
            fields.add(Types.field(name, Types.parse(type)));
          }
        });
    return source.expecting(new Schema(fields));
  }

  @Override
  public OpenSource open() throws IOException {
    OpenSource open = informed().open();
    List<String> differences = ColumnDifferences.of(schema, open.schema());
    if (!differences.isEmpty()) {
      open.close();
      throw new SourceException(
          "the columns of the source are not those of its 'schema':\n  "
              + String.join("\n  ", differences));
    }
    return open;
  }
}
