package dev.baton.operators.io.files;

import dev.baton.engine.batch.Types;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Folders called {@code key=value}, as Hive writes them, as columns. */
final class Partitions {
  /** Stands for a missing value. */
  private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

  private static final String INTEGER = "[+-]?[0-9]{1,18}";

  private Partitions() {}

  /** The keys and values of a file's folders below {@code root}, outermost first. */
  static Map<String, String> of(Path root, Path file) {
    Map<String, String> values = new LinkedHashMap<>();
    Path below = root.relativize(file).getParent();
    if (below == null) {
      return values;
    }
    for (Path folder : below) {
      String name = folder.toString();
      int equals = name.indexOf('=');
      if (equals > 0) {
        String value = decode(name.substring(equals + 1));
        values.put(decode(name.substring(0, equals)), value.equals(NULL) ? null : value);
      }
    }
    return values;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // A percent sign that means itself.
      return text;
    }
  }

  /**
   * The columns.
   *
   * @param files the values of each file; all have the same keys
   * @param expected null, or a schema in which a column may be text though all values are integers
   */
  static List<Field> fields(List<Map<String, String>> files, Schema expected) {
    List<Field> fields = new ArrayList<>();
    for (String key : files.get(0).keySet()) {
      boolean text =
          expected != null
              && expected.getFields().stream()
                  .anyMatch(f -> f.getName().equals(key) && f.getType() instanceof ArrowType.Utf8);
      List<String> values =
          files.stream().map(file -> file.get(key)).filter(v -> v != null).toList();
      boolean integers = !values.isEmpty() && values.stream().allMatch(v -> v.matches(INTEGER));
      fields.add(Types.field(key, integers && !text ? Types.INT64 : Types.UTF8));
    }
    return fields;
  }
}
