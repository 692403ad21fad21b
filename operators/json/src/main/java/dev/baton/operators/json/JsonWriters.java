package dev.baton.operators.json;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.operators.io.fields.FieldWriter;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Writes the values of columns as JSON. */
final class JsonWriters {
  private JsonWriters() {}

  /** The writer for that type of column, or null when there is none. */
  static FieldWriter of(Field field) {
    ArrowType type = field.getType();
    if (type instanceof ArrowType.Utf8) {
      return new JsonTextWriter(field.getName());
    }
    if (type instanceof ArrowType.List) {
      FieldWriter elements = of(field.getChildren().get(0));
      return elements == null ? null : new ListWriter(field.getName(), elements);
    }
    FieldWriter plain = FieldWriter.of(field);
    if (plain == null) {
      return null;
    }
    return switch (type.getTypeID()) {
      case FloatingPoint -> new FloatWriter(field.getName(), plain);
      case Date, Timestamp -> new QuotedWriter(field.getName(), plain);
      default -> plain;
    };
  }

  private static class QuotedWriter extends FieldWriter {
    final FieldWriter plain;

    QuotedWriter(String name, FieldWriter plain) {
      super(name);
      this.plain = plain;
    }

    @Override
    public void bind(FieldVector column) {
      plain.bind(column);
    }

    @Override
    public long write(long at, int row) {
      Memory.putByte(at, (byte) '"');
      long end = plain.write(at + 1, row);
      Memory.putByte(end, (byte) '"');
      return end + 1;
    }
  }

  /** Quotes what is no number, which shows in its last letter. */
  private static final class FloatWriter extends QuotedWriter {
    FloatWriter(String name, FieldWriter plain) {
      super(name, plain);
    }

    @Override
    public long write(long at, int row) {
      long end = plain.write(at, row);
      return Memory.getByte(end - 1) <= '9' ? end : super.write(at, row);
    }
  }

  private static final class ListWriter extends FieldWriter {
    private final FieldWriter elements;
    private long offsets;
    private long validity;

    ListWriter(String name, FieldWriter elements) {
      super(name);
      this.elements = elements;
    }

    @Override
    public void bind(FieldVector column) {
      FieldVector child = column.getChildrenFromFields().get(0);
      offsets = Vectors.offsets(column);
      validity = child.getValueCount() == 0 ? 0 : Validity.address(child);
      elements.bind(child);
    }

    private int start(int row) {
      return Memory.getInt(offsets + 4L * row);
    }

    @Override
    public long room(int row) {
      long room = 2;
      for (int i = start(row); i < start(row + 1); i++) {
        room += MOST_FIXED + 1 + elements.room(i);
      }
      return room;
    }

    @Override
    public long write(long at, int row) {
      Memory.putByte(at++, (byte) '[');
      for (int i = start(row); i < start(row + 1); i++) {
        if (i > start(row)) {
          Memory.putByte(at++, (byte) ',');
        }
        if (Validity.isSet(validity, i)) {
          at = elements.write(at, i);
        } else {
          Memory.putInt(at, JsonTextWriter.NULL);
          at += 4;
        }
      }
      Memory.putByte(at++, (byte) ']');
      return at;
    }
  }
}
