package dev.baton.cli;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells under a head, aligned: texts to the left, figures to the right. */
public final class Table {
  private final List<String> head;
  private final boolean[] right;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these columns; a name that begins with {@code >} aligns its column right. */
  public Table(String... columns) {
    right = new boolean[columns.length];
    List<String> names = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      right[i] = columns[i].startsWith(">");
      names.add(right[i] ? columns[i].substring(1) : columns[i]);
    }
    head = List.copyOf(names);
  }

  /** Adds a line, with as many cells as there are columns. */
  public Table row(String... cells) {
    if (cells.length != right.length) {
      throw new IllegalArgumentException(
          "expected " + right.length + " cells but was " + cells.length);
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The names of the columns. */
  public List<String> head() {
    return head;
  }

  /** The cells of each line. */
  public List<List<String>> rows() {
    return List.copyOf(rows);
  }

  /** Lines without blanks at their ends, each with a line break. */
  @Override
  public String toString() {
    int[] widths = new int[right.length];
    List<List<String>> lines = new ArrayList<>();
    lines.add(head);
    lines.addAll(rows);
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder aligned = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String blanks = " ".repeat(widths[i] - line.get(i).length());
        aligned.append(i == 0 ? "" : "  ");
        aligned.append(right[i] ? blanks + line.get(i) : line.get(i) + blanks);
      }
      text.append(aligned.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
