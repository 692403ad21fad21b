package dev.baton.engine.spec;

import java.util.List;
import java.util.Map;

/**
 * What a YAML document says, with the place of each part: all that pipeline files use of YAML. Keys
 * are texts and unique.
 */
sealed interface Yaml {
  Position at();

  /** As messages call what was found. */
  String found();

  /** How a scalar was or will be written. */
  enum Style {
    /** The explicit or empty null. */
    NULL,
    /** As it stands: numbers and truth values. */
    PLAIN,
    /** In quotes where it could be mistaken for something else. */
    TEXT
  }

  record Scalar(String text, Style style, Position at) implements Yaml {
    static Scalar plain(Object value) {
      return new Scalar(value.toString(), Style.PLAIN, Position.NONE);
    }

    static Scalar text(String value) {
      return new Scalar(value, Style.TEXT, Position.NONE);
    }

    static Scalar none() {
      return new Scalar("null", Style.NULL, Position.NONE);
    }

    boolean isNull() {
      return style == Style.NULL;
    }

    @Override
    public String found() {
      return isNull() ? "nothing" : "'" + text + "'";
    }
  }

  record Sequence(List<Yaml> items, Position at) implements Yaml {
    @Override
    public String found() {
      return "a list";
    }
  }

  record Mapping(Map<String, Field> fields, Position at) implements Yaml {
    static Mapping of(String key, Yaml value) {
      return new Mapping(Map.of(key, new Field(key, value, Position.NONE)), Position.NONE);
    }

    /** The only field, or null when there are none or several. */
    Field single() {
      return fields.size() == 1 ? fields.values().iterator().next() : null;
    }

    @Override
    public String found() {
      return fields.isEmpty() ? "an empty map" : "a map of " + String.join(", ", fields.keySet());
    }
  }

  /** A key and its value. */
  record Field(String key, Yaml value, Position at) {
    static Field of(String key, Yaml value) {
      return new Field(key, value, Position.NONE);
    }
  }
}
