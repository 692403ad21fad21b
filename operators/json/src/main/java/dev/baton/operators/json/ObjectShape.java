package dev.baton.operators.json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What stands between the values of columns when rows are written as objects. */
final class ObjectShape {
  private final List<String> between = new ArrayList<>();
  private final Set<String> used = new HashSet<>();
  private List<String> open = List.of();

  private ObjectShape() {}

  /**
   * The texts before each value, and behind the last one.
   *
   * @param nested whether dots in names part the keys of nested objects
   * @throws IOException when an object had to be written in two pieces
   */
  static List<String> between(List<String> names, boolean nested) throws IOException {
    ObjectShape shape = new ObjectShape();
    for (String name : names) {
      shape.add(name, nested ? List.of(name.split("\\.", -1)) : List.of(name));
    }
    shape.between.add((names.isEmpty() ? "{" : "}".repeat(shape.open.size())) + "}\n");
    return shape.between;
  }

  private void add(String name, List<String> path) throws IOException {
    List<String> objects = path.subList(0, path.size() - 1);
    int shared = 0;
    while (shared < Math.min(objects.size(), open.size())
        && objects.get(shared).equals(open.get(shared))) {
      shared++;
    }
    StringBuilder text = new StringBuilder(between.isEmpty() ? "{" : "");
    text.append("}".repeat(open.size() - shared)).append(between.isEmpty() ? "" : ",");
    for (int i = shared; i < path.size(); i++) {
      if (!used.add(String.join(".", path.subList(0, i + 1)))) {
        throw new IOException(
            String.format(
                "cannot write column '%s' as a part of nested objects: '%s' is written before;"
                    + " select the columns in another order, rename one, or set nested: false",
                name, String.join(".", path.subList(0, i + 1))));
      }
      text.append(i > shared ? "{" : "").append(JsonTextWriter.quoted(path.get(i))).append(':');
    }
    between.add(text.toString());
    open = objects;
  }
}
