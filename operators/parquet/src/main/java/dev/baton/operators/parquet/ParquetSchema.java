package dev.baton.operators.parquet;

import dev.baton.engine.batch.Types;
import dev.baton.engine.source.SourceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/** Reads the schema tree of a footer, a list in depth-first order. */
final class ParquetSchema {
  private static final int MOST_DEPTH = 100;

  private final Path path;
  private final List<SchemaElement> elements;
  private int at;
  private int leaves;

  private ParquetSchema(Path path, List<SchemaElement> elements) {
    this.path = path;
    this.elements = elements;
  }

  /** The columns directly below the root. */
  static List<ParquetColumn> columns(Path path, List<SchemaElement> elements)
      throws SourceException {
    return new ParquetSchema(path, elements).columns();
  }

  private List<ParquetColumn> columns() throws SourceException {
    SchemaElement root = next();
    List<ParquetColumn> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < root.getNum_children(); i++) {
      SchemaElement element = next();
      if (element.getName() == null || !names.add(element.getName())) {
        throw new SourceException(
            path + ": two columns are called '" + element.getName() + "'; rename one");
      }
      columns.add(column(element));
    }
    if (at != elements.size()) {
      throw corrupt(elements.size() - at + " elements lie outside the tree");
    }
    return List.copyOf(columns);
  }

  private ParquetColumn column(SchemaElement element) throws SourceException {
    int leaf = leaves;
    String name = element.getName();
    if (element.getNum_children() > 0 || !element.isSetType()) {
      skip(element, 0);
      return refused(leaf, name, "a nested column");
    }
    leaves++;
    if (element.getRepetition_type() == FieldRepetitionType.REPEATED) {
      return refused(leaf, name, "a list");
    }
    ArrowType type = ParquetTypes.arrow(element);
    if (type == null) {
      return refused(leaf, name, "of a type unknown to Baton");
    }
    return new ParquetColumn(
        leaf,
        element.getType(),
        width(element),
        element.getRepetition_type() != FieldRepetitionType.REQUIRED,
        Types.field(name, type),
        Conversion.of(element, type),
        null);
  }

  private static ParquetColumn refused(int leaf, String name, String what) {
    return new ParquetColumn(
        leaf, null, 0, true, Types.field(name, ArrowType.Struct.INSTANCE), Conversion.NONE, what);
  }

  private int width(SchemaElement element) throws SourceException {
    int width = ParquetTypes.width(element.getType(), element.getType_length());
    if (element.getType() == Type.FIXED_LEN_BYTE_ARRAY && (width < 1 || width > 1 << 20)) {
      throw corrupt("column '" + element.getName() + "' has values of " + width + " bytes");
    }
    return width;
  }

  private void skip(SchemaElement element, int depth) throws SourceException {
    if (depth > MOST_DEPTH) {
      throw corrupt("it is nested more than " + MOST_DEPTH + " deep");
    }
    if (element.isSetType()) {
      leaves++;
    }
    for (int i = 0; i < element.getNum_children(); i++) {
      skip(next(), depth + 1);
    }
  }

  private SchemaElement next() throws SourceException {
    if (elements == null || at >= elements.size()) {
      throw corrupt("it has " + at + " elements where more are announced");
    }
    return elements.get(at++);
  }

  private SourceException corrupt(String what) {
    return new SourceException(path + ": its schema is corrupt (" + what + ")");
  }
}
