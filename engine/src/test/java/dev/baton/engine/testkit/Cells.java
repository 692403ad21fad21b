package dev.baton.engine.testkit;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;

/** Boxed access to one cell of a column, of every type operators use. See {@link Rows}. */
final class Cells {
  private Cells() {}

  static Object get(FieldVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    if (vector instanceof BitVector v) {
      return v.get(row) == 1;
    } else if (vector instanceof TinyIntVector v) {
      return v.get(row);
    } else if (vector instanceof UInt1Vector v) {
      return (short) (v.get(row) & 0xFF);
    } else if (vector instanceof SmallIntVector v) {
      return v.get(row);
    } else if (vector instanceof IntVector v) {
      return v.get(row);
    } else if (vector instanceof BigIntVector v) {
      return v.get(row);
    } else if (vector instanceof Float4Vector v) {
      return v.get(row);
    } else if (vector instanceof Float8Vector v) {
      return v.get(row);
    } else if (vector instanceof VarCharVector v) {
      return new String(v.get(row), StandardCharsets.UTF_8);
    } else if (vector instanceof VarBinaryVector v) {
      return v.get(row);
    } else if (vector instanceof DecimalVector v) {
      return v.getObject(row);
    } else if (vector instanceof DateDayVector v) {
      return v.get(row);
    } else if (vector instanceof TimeStampVector v) {
      return v.get(row);
    } else if (vector instanceof ListVector v) {
      List<Object> list = new ArrayList<>();
      for (int i = v.getElementStartIndex(row); i < v.getElementEndIndex(row); i++) {
        list.add(get(v.getDataVector(), i));
      }
      return list;
    } else if (vector instanceof FixedSizeListVector v) {
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < v.getListSize(); i++) {
        list.add(get(v.getDataVector(), row * v.getListSize() + i));
      }
      return list;
    }
    throw new IllegalArgumentException("the test kit does not know " + vector.getField());
  }

  static void set(FieldVector vector, int row, Object value) {
    if (value == null) {
      vector.setNull(row);
    } else if (vector instanceof BitVector v) {
      v.setSafe(row, (Boolean) value ? 1 : 0);
    } else if (vector instanceof TinyIntVector v) {
      v.setSafe(row, (Byte) value);
    } else if (vector instanceof SmallIntVector v) {
      v.setSafe(row, (Short) value);
    } else if (vector instanceof IntVector v) {
      v.setSafe(row, (Integer) value);
    } else if (vector instanceof BigIntVector v) {
      v.setSafe(row, (Long) value);
    } else if (vector instanceof Float4Vector v) {
      v.setSafe(row, (Float) value);
    } else if (vector instanceof Float8Vector v) {
      v.setSafe(row, (Double) value);
    } else if (vector instanceof VarCharVector v) {
      v.setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof VarBinaryVector v) {
      v.setSafe(row, (byte[]) value);
    } else if (vector instanceof DecimalVector v) {
      v.setSafe(row, (BigDecimal) value);
    } else if (vector instanceof DateDayVector v) {
      v.setSafe(row, (Integer) value);
    } else if (vector instanceof TimeStampVector v) {
      v.setSafe(row, (Long) value);
    } else if (vector instanceof ListVector v) {
      int at = v.startNewValue(row);
      List<?> list = (List<?>) value;
      for (Object element : list) {
        set(v.getDataVector(), at++, element);
      }
      v.endValue(row, list.size());
    } else {
      throw new IllegalArgumentException("the test kit does not know " + vector.getField());
    }
  }
}
