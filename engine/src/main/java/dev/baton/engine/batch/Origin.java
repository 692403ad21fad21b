package dev.baton.engine.batch;

import dev.baton.engine.batch.BadRows.Finding;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Where each row of a {@link Batch} came from: its file, and in it line and byte where rows are
 * text, else its number. It follows the rows wherever {@link Batch#take} puts them, and crosses
 * with the batch to other processes. Immutable.
 */
public final class Origin {
  /** One for all rows, or one for each. */
  private final List<String> files;

  /** The number of the first row; {@link Finding#UNKNOWN} where rows have none. */
  private final long first;

  /** Null where rows are not text. */
  private final long[] lines;

  private final long[] offsets;

  /** For each row of the batch which one it is in what is above; null when they are the same. */
  private final int[] rows;

  private Origin(List<String> files, long first, long[] lines, long[] offsets, int[] rows) {
    this.files = files;
    this.first = first;
    this.lines = lines;
    this.offsets = offsets;
    this.rows = rows;
  }

  /**
   * Rows that follow one another.
   *
   * @param source a file, or what else is known
   * @param first the number of the first one in it, from 0
   */
  public static Origin ofRows(String source, long first) {
    return new Origin(List.of(source), first, null, null, null);
  }

  /**
   * Rows of text.
   *
   * @param lines in which each starts, from 1
   * @param offsets in bytes from the start of the file's text
   */
  public static Origin ofText(String file, long[] lines, long[] offsets) {
    return new Origin(List.of(file), Finding.UNKNOWN, lines, offsets, null);
  }

  /** Rows that are whole files. */
  public static Origin ofFiles(List<String> files) {
    return new Origin(List.copyOf(files), Finding.UNKNOWN, null, null, null);
  }

  /** The same with other names of the files. */
  public Origin named(UnaryOperator<String> name) {
    return new Origin(files.stream().map(name).toList(), first, lines, offsets, rows);
  }

  /** That of some of the rows, as {@link Batch#take} has it. */
  Origin take(int[] selected, int count) {
    int[] taken = new int[count];
    for (int i = 0; i < count; i++) {
      taken[i] = rows == null ? selected[i] : rows[selected[i]];
    }
    return new Origin(files, first, lines, offsets, taken);
  }

  /** What a stage found in a row of the batch. */
  public Finding finding(int row, String column, String rule, String text) {
    int at = rows == null ? row : rows[row];
    return new Finding(
        files.get(files.size() == 1 ? 0 : at),
        lines == null ? Finding.UNKNOWN : lines[at],
        offsets == null ? Finding.UNKNOWN : offsets[at],
        first == Finding.UNKNOWN ? Finding.UNKNOWN : first + at,
        column,
        rule,
        text);
  }

  /** Writes one, or null. */
  static void write(Origin origin, DataOutputStream out) throws IOException {
    out.writeInt(origin == null ? 0 : origin.files.size());
    if (origin == null) {
      return;
    }
    for (String file : origin.files) {
      byte[] name = file.getBytes(StandardCharsets.UTF_8);
      out.writeInt(name.length);
      out.write(name);
    }
    out.writeLong(origin.first);
    write(origin.lines, out);
    write(origin.offsets, out);
    out.writeInt(origin.rows == null ? -1 : origin.rows.length);
    if (origin.rows != null) {
      for (int row : origin.rows) {
        out.writeInt(row);
      }
    }
  }

  private static void write(long[] numbers, DataOutputStream out) throws IOException {
    out.writeInt(numbers == null ? -1 : numbers.length);
    if (numbers != null) {
      for (long number : numbers) {
        out.writeLong(number);
      }
    }
  }

  /** What {@link #write} has written. */
  static Origin read(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count == 0) {
      return null;
    }
    List<String> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
    }
    long first = in.readLong();
    long[] lines = readLongs(in);
    long[] offsets = readLongs(in);
    int length = in.readInt();
    int[] rows = length < 0 ? null : new int[length];
    for (int i = 0; i < length; i++) {
      rows[i] = in.readInt();
    }
    return new Origin(List.copyOf(files), first, lines, offsets, rows);
  }

  private static long[] readLongs(DataInputStream in) throws IOException {
    int length = in.readInt();
    long[] numbers = length < 0 ? null : new long[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = in.readLong();
    }
    return numbers;
  }
}
