package dev.baton.operators.impute;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** What replaces the missing values of one column in each group, ready for a kernel. */
final class Replacements {
  private final String name;
  private final ArrowType type;

  /** By group; the last place is for groups not known. */
  private final long[] whole;

  private final double[] floating;
  private final byte[][] text;

  /**
   * @param field the column as it comes
   * @param filled the column as it leaves
   */
  Replacements(GroupFilling.Column column, Field field, Field filled) {
    List<String> texts = new ArrayList<>(column.values());
    texts.add(column.otherwise());
    name = column.name();
    type = filled.getType();
    whole = new long[texts.size()];
    floating = new double[texts.size()];
    text = new byte[texts.size()][];
    for (int i = 0; i < texts.size(); i++) {
      Object value = Fill.check(field, texts.get(i), column.widen());
      if (value instanceof Long number) {
        whole[i] = number;
      } else if (value instanceof Double number) {
        floating[i] = number;
      } else {
        text[i] = ((String) value).getBytes(StandardCharsets.UTF_8);
      }
    }
  }

  String name() {
    return name;
  }

  boolean isText() {
    return type.equals(Types.UTF8);
  }

  boolean isDouble() {
    return type.equals(Types.FLOAT64);
  }

  private int place(int group) {
    return group < 0 ? whole.length - 1 : group;
  }

  /** The UTF-8 text for a group, -1 when it is not known. */
  byte[] text(int group) {
    return text[place(group)];
  }

  /** Writes the number for a group to a row of a column. */
  void put(long data, int row, int group) {
    int i = place(group);
    if (isDouble()) {
      Memory.putDouble(data + 8L * row, floating[i]);
    } else if (type.equals(Types.FLOAT32)) {
      Memory.putFloat(data + 4L * row, (float) floating[i]);
    } else {
      switch (((ArrowType.Int) type).getBitWidth()) {
        case 64 -> Memory.putLong(data + 8L * row, whole[i]);
        case 32 -> Memory.putInt(data + 4L * row, (int) whole[i]);
        case 16 -> Memory.putShort(data + 2L * row, (short) whole[i]);
        default -> Memory.putByte(data + row, (byte) whole[i]);
      }
    }
  }
}
