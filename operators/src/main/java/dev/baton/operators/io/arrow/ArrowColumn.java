package dev.baton.operators.io.arrow;

import dev.baton.engine.batch.Types;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.TypeLayout;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A column of the file: where its parts stand in every record batch, and what it becomes in memory.
 *
 * @param stored as in the record batches: dictionary-encoded columns are integers there
 * @param field as Baton holds it
 * @param dictionary the identifier of its dictionary, or -1
 * @param node the first of its nodes
 * @param nodes how many it has, its children's included
 * @param buffer the first of its buffers
 * @param buffers how many it has, its children's included
 */
record ArrowColumn(
    Field stored, Field field, long dictionary, int node, int nodes, int buffer, int buffers) {

  /** All columns of a file. */
  static List<ArrowColumn> of(Schema schema) {
    List<ArrowColumn> columns = new ArrayList<>();
    int node = 0;
    int buffer = 0;
    for (Field declared : schema.getFields()) {
      DictionaryEncoding encoding = declared.getDictionary();
      Field stored = encoding == null ? declared : Types.field(declared.getName(), index(encoding));
      int nodes = nodes(stored);
      int buffers = buffers(stored);
      long dictionary = encoding == null ? -1 : encoding.getId();
      columns.add(
          new ArrowColumn(stored, held(declared), dictionary, node, nodes, buffer, buffers));
      node += nodes;
      buffer += buffers;
    }
    return columns;
  }

  private static ArrowType index(DictionaryEncoding encoding) {
    return encoding.getIndexType() == null ? Types.INT32 : encoding.getIndexType();
  }

  /** The column as Baton holds it: decoded, nullable, with 32-bit offsets. */
  private static Field held(Field declared) {
    ArrowType type = declared.getType();
    if (type instanceof ArrowType.LargeUtf8 || type instanceof ArrowType.Null) {
      type = Types.UTF8;
    } else if (type instanceof ArrowType.LargeBinary) {
      type = Types.BINARY;
    }
    FieldType nullable = new FieldType(true, type, null, declared.getMetadata());
    return new Field(declared.getName(), nullable, declared.getChildren());
  }

  private static int nodes(Field field) {
    return 1 + field.getChildren().stream().mapToInt(ArrowColumn::nodes).sum();
  }

  private static int buffers(Field field) {
    return TypeLayout.getTypeBufferCount(field.getType())
        + field.getChildren().stream().mapToInt(ArrowColumn::buffers).sum();
  }

  /** Why Baton cannot hold the column, or null when it can. */
  String unsupported() {
    return unsupported(stored);
  }

  private static String unsupported(Field field) {
    switch (field.getType().getTypeID()) {
      case Union, Utf8View, BinaryView, ListView, LargeListView, RunEndEncoded, LargeList, Map -> {
        return Types.name(field.getType());
      }
      default -> {
        if (field.getDictionary() != null) {
          return "a dictionary inside a nested type";
        }
        for (Field child : field.getChildren()) {
          String why = unsupported(child);
          if (why != null) {
            return why;
          }
        }
        return null;
      }
    }
  }
}
