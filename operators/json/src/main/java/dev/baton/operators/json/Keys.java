package dev.baton.operators.json;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys of objects in a certain place. A column's name is the keys that lead to its value, with
 * dots between; a key may itself contain dots. Confined to one thread.
 */
final class Keys {
  /** So many that no column takes are remembered, so that hostile input takes no memory. */
  private static final int MOST_UNKNOWN = 1024;

  /** Keys tried before one is looked up by its name: objects mostly have them in one order. */
  private static final int TRIED = 8;

  /** What all places share: columns by name, and what the names of nested ones start with. */
  private record Columns(Map<String, Integer> positions, Set<String> prefixes) {}

  private final Columns columns;
  private final String prefix;
  private final Map<String, Key> byText = new HashMap<>();
  private Key[] inOrder = new Key[16];
  private int count;
  private int unknown;

  private Keys(Columns columns, String prefix) {
    this.columns = columns;
    this.prefix = prefix;
  }

  /** The keys of the outermost objects. */
  static Keys of(List<String> names) {
    Columns columns = new Columns(new HashMap<>(), new HashSet<>());
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      columns.positions.put(name, i);
      for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
        columns.prefixes.add(name.substring(0, dot + 1));
      }
    }
    return new Keys(columns, "");
  }

  /**
   * The place of the key at {@code at}, which is behind a quote, if it is the one expected or
   * follows it soon; else -1.
   *
   * @param expected a place, that behind the key before
   */
  int find(long at, int expected) {
    int place = expected;
    for (int i = Math.min(TRIED, count); i > 0; i--) {
      if (place >= count) {
        place = 0;
      }
      if (inOrder[place].isAt(at)) {
        return place;
      }
      place++;
    }
    return -1;
  }

  Key get(int place) {
    return inOrder[place];
  }

  /** The key that stands so in the file. */
  Key named(String raw) {
    Key known = byText.get(raw);
    return known != null ? known : meet(raw);
  }

  private Key meet(String raw) {
    String path = path(JsonFormat.unescaped(raw));
    Integer column = columns.positions.get(path);
    boolean leads = columns.prefixes.contains(path + ".");
    Keys inner = leads ? new Keys(columns, path + ".") : null;
    Key key = new Key(raw, column == null ? -1 : column, inner);
    if (column == null && !leads && unknown++ >= MOST_UNKNOWN) {
      return key;
    }
    byText.put(raw, key);
    if (count == inOrder.length) {
      inOrder = Arrays.copyOf(inOrder, 2 * count);
    }
    inOrder[count++] = key;
    return key;
  }

  /** The name of a column that has such a key. */
  String path(String name) {
    return prefix + name;
  }
}
