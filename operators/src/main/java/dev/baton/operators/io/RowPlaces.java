package dev.baton.operators.io;

import dev.baton.engine.batch.Origin;
import java.nio.file.Path;
import java.util.Arrays;

/** Notes where rows of text start, in the order of the text. Confined to one thread. */
public final class RowPlaces {
  private final String file;
  private long start;
  private long line;
  private int passed;
  private long[] lines = new long[1024];
  private long[] offsets = new long[1024];
  private int rows;

  public RowPlaces(Path file) {
    this.file = file.toString();
  }

  /**
   * Begins with other text.
   *
   * @param start where it starts in the text of the file, in line {@code line}
   */
  public void startText(long start, long line) {
    this.start = start;
    this.line = line;
    this.passed = 0;
  }

  /**
   * Notes a row.
   *
   * @param base where the text is
   * @param at where the row starts in it, not before the last one
   */
  public void add(long base, int at) {
    if (rows == lines.length) {
      lines = Arrays.copyOf(lines, 2 * rows);
      offsets = Arrays.copyOf(offsets, 2 * rows);
    }
    line += LineCount.newlines(base + passed, at - passed);
    passed = at;
    lines[rows] = line;
    offsets[rows++] = start + at;
  }

  /** Of the rows noted since this was last asked. */
  public Origin take() {
    Origin origin = Origin.ofText(file, Arrays.copyOf(lines, rows), Arrays.copyOf(offsets, rows));
    rows = 0;
    return origin;
  }
}
