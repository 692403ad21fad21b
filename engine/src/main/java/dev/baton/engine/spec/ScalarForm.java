package dev.baton.engine.spec;

import dev.baton.engine.batch.Names;
import dev.baton.engine.batch.Types;
import java.lang.invoke.MethodType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * Values that stand as one text.
 *
 * @param valueType the class, boxed
 * @param parse gives null for a text that is no such value, or throws with a message of its own
 * @param print gives the scalar to write
 */
record ScalarForm<T>(
    Class<T> valueType, String expects, Function<String, T> parse, Function<T, Yaml.Scalar> print)
    implements Form {
  private static final Pattern WHOLE = Pattern.compile("[-+]?\\d+(_\\d+)*");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\d+(_\\d+)*)?(\\.\\d*)?([eE][-+]?\\d+)?");

  /** A {@code long} whose name ends in {@code Bytes}. */
  static final ScalarForm<Long> BYTES =
      new ScalarForm<>(
          Long.class,
          "a size such as 64MiB, 1GB or 4096",
          text -> text.startsWith("-") ? whole(text) : (Long) ByteSize.parse(text).bytes(),
          bytes -> Yaml.Scalar.plain(bytes < 0 ? bytes : new ByteSize(bytes)));

  /** An {@code int} whose name ends in {@code Bytes}. */
  static final ScalarForm<Integer> INT_BYTES =
      new ScalarForm<>(
          Integer.class,
          BYTES.expects,
          text -> {
            Long bytes = BYTES.parse.apply(text);
            return bytes == null ? null : toInt(bytes, text);
          },
          bytes -> BYTES.print.apply(bytes.longValue()));

  private static final List<ScalarForm<?>> ALL =
      List.of(
          new ScalarForm<>(String.class, "a text", t -> t, Yaml.Scalar::text),
          new ScalarForm<>(
              Integer.class,
              "a whole number",
              text -> whole(text) == null ? null : toInt(whole(text), text),
              Yaml.Scalar::plain),
          new ScalarForm<>(Long.class, "a whole number", ScalarForm::whole, Yaml.Scalar::plain),
          new ScalarForm<>(
              Double.class, "a number", ScalarForm::number, v -> Yaml.Scalar.plain(yaml(v))),
          new ScalarForm<>(
              Float.class,
              "a number",
              // Not by way of double, which would round twice.
              text -> number(text) == null ? null : (Float) Float.parseFloat(java(text)),
              v -> Yaml.Scalar.plain(yaml(v))),
          new ScalarForm<>(Boolean.class, "true or false", ScalarForm::bool, Yaml.Scalar::plain),
          new ScalarForm<>(
              Character.class,
              "a single character",
              text -> text.length() == 1 ? text.charAt(0) : null,
              value -> Yaml.Scalar.text(value.toString())),
          new ScalarForm<>(
              Duration.class,
              "a duration such as 5ms, 2s or PT1M",
              Durations::parse,
              value -> Yaml.Scalar.text(Durations.format(value))),
          new ScalarForm<>(
              ZoneId.class,
              "a time zone such as Europe/Paris or +02:00",
              ScalarForm::zone,
              value -> Yaml.Scalar.text(value.getId())),
          new ScalarForm<>(
              Pattern.class,
              "a regular expression",
              Pattern::compile,
              value -> Yaml.Scalar.text(inlined(value))),
          new ScalarForm<>(
              ArrowType.class,
              "a column type",
              Types::parse,
              value -> Yaml.Scalar.text(name(value))));

  /** The form of a class or primitive type, or null when it is none of these. */
  static Form of(Class<?> type) {
    Class<?> boxed = MethodType.methodType(type).wrap().returnType();
    for (ScalarForm<?> form : ALL) {
      if (form.valueType == boxed) {
        return form;
      }
    }
    return null;
  }

  @Override
  public Object read(Yaml yaml, Context context) {
    if (!(yaml instanceof Yaml.Scalar scalar) || scalar.isNull()) {
      throw mismatch(yaml, context);
    }
    T value;
    try {
      value = parse.apply(scalar.text());
    } catch (IllegalArgumentException e) {
      throw context.error(yaml.at(), e);
    }
    if (value == null) {
      throw mismatch(yaml, context);
    }
    return value;
  }

  @Override
  public Yaml write(Object value, Context context) {
    try {
      return print.apply(valueType.cast(value));
    } catch (IllegalArgumentException e) {
      throw context.unwritable(e.getMessage());
    }
  }

  private static Long whole(String text) {
    try {
      return WHOLE.matcher(text).matches() ? (Long) Long.parseLong(text.replace("_", "")) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Integer toInt(long value, String text) {
    if (value != (int) value) {
      throw new IllegalArgumentException(
          String.format(
              "expected at least %d and at most %d but was '%s'",
              Integer.MIN_VALUE, Integer.MAX_VALUE, text));
    }
    return (int) value;
  }

  private static Double number(String text) {
    String java = java(text);
    boolean special = java.endsWith("Infinity") || java.equals("NaN");
    boolean digits = text.chars().anyMatch(Character::isDigit);
    return special || digits && DECIMAL.matcher(text).matches() ? Double.valueOf(java) : null;
  }

  /** The spelling of a YAML number in Java. */
  private static String java(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case ".inf", "+.inf", "inf", "infinity" -> "Infinity";
      case "-.inf", "-inf", "-infinity" -> "-Infinity";
      case ".nan", "nan" -> "NaN";
      default -> text.replace("_", "");
    };
  }

  private static String yaml(Number value) {
    return switch (value.toString()) {
      case "Infinity" -> ".inf";
      case "-Infinity" -> "-.inf";
      case "NaN" -> ".nan";
      default -> value.toString();
    };
  }

  private static Boolean bool(String text) {
    return switch (text) {
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> null;
    };
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      String nearest = Names.nearest(text, ZoneId.getAvailableZoneIds());
      throw new IllegalArgumentException(
          "unknown time zone '"
              + text
              + "'"
              + (nearest == null
                  ? "; write one such as Europe/Paris or +02:00"
                  : ", did you mean '" + nearest + "'?"),
          e);
    }
  }

  /** The expression with its flags written in front of it. */
  private static String inlined(Pattern pattern) {
    StringBuilder letters = new StringBuilder();
    int left = pattern.flags();
    int[] flags = {
      Pattern.CASE_INSENSITIVE,
      Pattern.UNIX_LINES,
      Pattern.MULTILINE,
      Pattern.DOTALL,
      Pattern.UNICODE_CASE,
      Pattern.COMMENTS,
      Pattern.UNICODE_CHARACTER_CLASS
    };
    for (int i = 0; i < flags.length; i++) {
      if ((left & flags[i]) != 0) {
        letters.append("idmsuxU".charAt(i));
        left &= ~flags[i];
      }
    }
    if (left != 0) {
      throw new IllegalArgumentException(
          "the regular expression '" + pattern + "' has a flag that no text stands for");
    }
    // Flags an expression sets by itself in front are reported as flags, too.
    return letters.isEmpty() || pattern.pattern().startsWith("(?" + letters + ")")
        ? pattern.pattern()
        : "(?" + letters + ")" + pattern.pattern();
  }

  private static String name(ArrowType type) {
    String name = Types.name(type);
    if (!Types.names().contains(name)) {
      throw new IllegalArgumentException("no text stands for the type " + type);
    }
    return name;
  }
}
