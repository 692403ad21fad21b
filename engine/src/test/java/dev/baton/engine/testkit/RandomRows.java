package dev.baton.engine.testkit;

import dev.baton.engine.batch.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Tables of random values: the same schema, size and seed always give the same rows. */
public final class RandomRows {
  private static final double[] SPECIAL_DOUBLES = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    -0.0,
    0.0,
    Double.MIN_VALUE,
    -Double.MIN_VALUE
  };
  private static final String[] WORDS = {
    "",
    " ",
    "a",
    "b",
    "B",
    "red",
    "Red",
    "green",
    "0",
    "-1.5",
    "été",
    "日本語",
    "😀 emoji",
    "a,b\"c\n",
    "a rather long piece of text that does not fit into a word or two"
  };

  private RandomRows() {}

  /** What random values look like. */
  public enum Mix {
    /** A fifth null, a tenth special (NaN, infinities, -0.0, extremes, empty and odd text). */
    ALL,
    /** A fifth null, the rest ordinary. */
    NULLS,
    /** Never null, a tenth special. */
    NO_NULLS,
    /** Never null, never special: finite and moderate. */
    TAME,
    /** Always null. */
    ONLY_NULLS,
    /** Never null, every float NaN or infinite, every other value special. */
    ONLY_SPECIALS;

    private double nulls() {
      return switch (this) {
        case ALL, NULLS -> 0.2;
        case ONLY_NULLS -> 1;
        default -> 0;
      };
    }

    private double specials() {
      return switch (this) {
        case ALL, NO_NULLS -> 0.1;
        case ONLY_SPECIALS -> 1;
        default -> 0;
      };
    }
  }

  public static Rows of(Schema schema, int rows, long seed, Mix mix) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Object[]> cells = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      Object[] cell = new Object[schema.getFields().size()];
      for (int i = 0; i < cell.length; i++) {
        boolean isNull = random.nextDouble() < mix.nulls();
        cell[i] = isNull ? null : value(schema.getFields().get(i), random, mix);
      }
      cells.add(cell);
    }
    return new Rows(schema, cells);
  }

  private static Object value(Field field, SplittableRandom random, Mix mix) {
    ArrowType type = field.getType();
    boolean special = random.nextDouble() < mix.specials();
    if (type instanceof ArrowType.Bool) {
      return random.nextBoolean();
    } else if (type instanceof ArrowType.Int integer) {
      return integer(integer.getBitWidth(), special, random);
    } else if (type instanceof ArrowType.FloatingPoint) {
      double value = special ? special(random, mix) : (random.nextDouble() - 0.5) * 200;
      return type.equals(Types.FLOAT32) ? (Object) (float) value : (Object) value;
    } else if (type instanceof ArrowType.Utf8) {
      int words = special ? WORDS.length : WORDS.length / 2;
      return WORDS[random.nextInt(mix == Mix.TAME ? 2 : 0, words)];
    } else if (type instanceof ArrowType.Binary) {
      byte[] bytes = new byte[random.nextInt(20)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) random.nextInt();
      }
      return bytes;
    } else if (type instanceof ArrowType.Date) {
      return special ? random.nextInt(-800_000, 800_000) : random.nextInt(0, 20_000);
    } else if (type instanceof ArrowType.Timestamp stamp) {
      long second =
          switch (stamp.getUnit()) {
            case SECOND -> 1L;
            case MILLISECOND -> 1_000L;
            case MICROSECOND -> 1_000_000L;
            case NANOSECOND -> 1_000_000_000L;
          };
      long days = special ? random.nextInt(-80_000, 80_000) : random.nextInt(0, 20_000);
      return days * 86_400L * second + random.nextLong(86_400L * second);
    } else if (type instanceof ArrowType.List) {
      List<Object> list = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        list.add(value(field.getChildren().get(0), random, mix));
      }
      return list;
    }
    throw new IllegalArgumentException("the test kit makes no values for " + field);
  }

  private static double special(SplittableRandom random, Mix mix) {
    int choices = mix == Mix.ONLY_SPECIALS ? 3 : SPECIAL_DOUBLES.length;
    return SPECIAL_DOUBLES[random.nextInt(choices)];
  }

  private static Object integer(int bits, boolean special, SplittableRandom random) {
    long limit = bits == 64 ? Long.MAX_VALUE : (1L << (bits - 1)) - 1;
    long value = random.nextLong(-100, 101);
    if (special) {
      value = random.nextBoolean() ? limit : -limit - 1;
    }
    return switch (bits) {
      case 8 -> (Object) (byte) value;
      case 16 -> (Object) (short) value;
      case 32 -> (Object) (int) value;
      default -> (Object) value;
    };
  }
}
