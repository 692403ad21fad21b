package dev.baton.operators.io.fields;

import dev.baton.engine.batch.Validity;
import dev.baton.operators.internal.Decimals;
import dev.baton.operators.internal.TimeUnits;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Writes the values of one column as text. Confined to one thread. */
public abstract class FieldWriter {
  /** Bytes no value but text exceeds, with those that a word store touches behind it. */
  public static final int MOST_FIXED = 48;

  protected final String name;

  /** Where the values of the column are. */
  protected long data;

  protected FieldWriter(String name) {
    this.name = name;
  }

  /** The writer for that type of column, or null when there is none, as for text. */
  public static FieldWriter of(Field field) {
    String name = field.getName();
    ArrowType type = field.getType();
    if (type instanceof ArrowType.Int i && i.getIsSigned()) {
      return new NumberWriter(name, i.getBitWidth() / 8, false);
    }
    if (type instanceof ArrowType.FloatingPoint f) {
      return switch (f.getPrecision()) {
        case SINGLE -> new NumberWriter(name, 4, true);
        case DOUBLE -> new NumberWriter(name, 8, true);
        case HALF -> null;
      };
    }
    if (type instanceof ArrowType.Bool) {
      return new BoolWriter(name);
    }
    if (type instanceof ArrowType.Date d && d.getUnit() == DateUnit.DAY) {
      return new TimeWriter(name, 0);
    }
    if (type instanceof ArrowType.Timestamp t && t.getTimezone() == null) {
      return new TimeWriter(name, TimeUnits.perSecond(t));
    }
    return null;
  }

  /** Of the column. */
  public String name() {
    return name;
  }

  /** Takes the values from that column from now on. */
  public void bind(FieldVector column) {
    data = column.getDataBuffer().memoryAddress();
  }

  /** Bytes the value may need beyond {@link #MOST_FIXED}. */
  public long room(int row) {
    return 0;
  }

  /** Writes the value of a row, which is not missing; returns the address behind it. */
  public abstract long write(long at, int row);

  private static final class BoolWriter extends FieldWriter {
    BoolWriter(String name) {
      super(name);
    }

    @Override
    public long write(long at, int row) {
      return Decimals.write(Validity.isSet(data, row), at);
    }
  }
}
