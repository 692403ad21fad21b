package dev.baton.operators.io.fields;

import dev.baton.engine.batch.Types;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.SourceException;
import dev.baton.operators.io.InputFile;
import dev.baton.operators.io.LineCount;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** A file with its columns, null tokens and what becomes of bad rows. Immutable. */
public record FieldTable(InputFile file, List<FieldColumn> columns, NullTokens nulls, OnBad onBad) {
  public FieldTable {
    columns = List.copyOf(columns);
  }

  /** Whether bad rows are to fail the run. */
  public boolean strict() {
    return onBad instanceof OnBad.Fail;
  }

  /**
   * Says where in the file a field is that was found wrong in text from {@code start}.
   *
   * @param base where the text is
   * @param line the line in which it starts, or 0 when nobody has counted
   */
  public static SourceException locate(
      BadField e, InputFile file, List<String> names, long base, long start, long line) {
    try {
      String column = e.column < 0 ? "" : ", column '" + names.get(e.column) + "'";
      String place =
          line == 0
              ? file.place(start + e.offset)
              : InputFile.place(
                  file.path(), line + LineCount.newlines(base, e.offset), start + e.offset);
      return new SourceException(place + column + ": " + e.getMessage());
    } catch (IOException unreadable) {
      return new SourceException(
          file.path() + ", byte " + (start + e.offset) + ": " + e.getMessage(), unreadable);
    }
  }

  /**
   * Checks declared types of a text.
   *
   * @throws IllegalArgumentException naming all that are wrong
   */
  public static void checkTypes(Map<String, String> types, String format) {
    Types.checkEach(
        "types",
        types,
        type -> {
          if (Types.parse(type).equals(Types.BINARY)) {
            throw new IllegalArgumentException(format + " has no binary columns; declare utf8");
          }
        });
  }

  /**
   * The types in a schema that a text can be read as, by column.
   *
   * @param schema null for none
   */
  public static Map<String, String> readable(Schema schema) {
    Map<String, String> types = new LinkedHashMap<>();
    for (Field field : schema == null ? List.<Field>of() : schema.getFields()) {
      String name = Types.name(field.getType());
      if (Types.names().contains(name) && !field.getType().equals(Types.BINARY)) {
        types.put(field.getName(), name);
      }
    }
    return types;
  }
}
