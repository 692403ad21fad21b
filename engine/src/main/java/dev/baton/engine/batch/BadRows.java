package dev.baton.engine.batch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was wrong with rows of the input that became a batch or were left out of it, and with rows
 * that stages could not take. It stays with the {@link Batch} through all stages and between
 * processes, so that it is counted once and in the order of the data, in whatever mode. Immutable.
 *
 * @param count how many rows of the source were bad
 * @param found what was wrong, in the order of the data; only the first where nobody wants more
 * @param stages the same of rows that stages were given, in their order
 */
public record BadRows(long count, List<Finding> found, List<OfStage> stages) {
  /**
   * What a stage refused.
   *
   * @param stage from 1
   * @param count how many rows
   */
  public record OfStage(int stage, long count, List<Finding> found) {
    public OfStage {
      found = List.copyOf(found);
    }
  }

  /**
   * One rule broken.
   *
   * @param file where the row is from, or the batch where that is not known
   * @param line from 1; {@link #UNKNOWN} where rows are not text
   * @param offset in bytes from the start of the file's text; {@link #UNKNOWN} with the line
   * @param row its number in the file, from 0; {@link #UNKNOWN} where rows are text, or files
   * @param column null when the whole row is meant
   * @param text the row as it stands in the file, each byte a character of ISO 8859-1, since it may
   *     be no UTF-8; of a stage the row as it reached that
   */
  public record Finding(
      String file, long line, long offset, long row, String column, String rule, String text) {
    /** In place of a number that there is none of. */
    public static final long UNKNOWN = -1;

    /** In a row of text. */
    public Finding(String file, long line, long offset, String column, String rule, String text) {
      this(file, line, offset, UNKNOWN, column, rule, text);
    }

    /** Place, column and rule in words. */
    public String describe() {
      String place =
          line != UNKNOWN
              ? String.format(", line %d (byte %d)", line, offset)
              : row != UNKNOWN ? ", row " + row : "";
      return file + place + (column == null ? "" : ", column '" + column + "'") + ": " + rule;
    }
  }

  public BadRows {
    found = List.copyOf(found);
    stages = List.copyOf(stages);
  }

  /** Of the source only. */
  public BadRows(long count, List<Finding> found) {
    this(count, found, List.of());
  }

  /**
   * Both together, without the details but for the first finding of each.
   *
   * @param first null for nothing
   */
  public static BadRows sum(BadRows first, BadRows second) {
    BadRows joined = join(first, second);
    return joined == null
        ? null
        : new BadRows(
            joined.count,
            head(joined.found),
            joined.stages.stream()
                .map(one -> new OfStage(one.stage, one.count, head(one.found)))
                .toList());
  }

  private static List<Finding> head(List<Finding> all) {
    return all.subList(0, Math.min(1, all.size()));
  }

  /**
   * Both together, with all details.
   *
   * @param first null for nothing
   */
  public static BadRows join(BadRows first, BadRows second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    Map<Integer, OfStage> stages = new TreeMap<>();
    for (OfStage one : concat(first.stages, second.stages)) {
      stages.merge(
          one.stage,
          one,
          (a, b) -> new OfStage(a.stage, a.count + b.count, concat(a.found, b.found)));
    }
    return new BadRows(
        first.count + second.count,
        concat(first.found, second.found),
        List.copyOf(stages.values()));
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    List<T> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }

  /** As bytes, none of them for null. */
  public static byte[] write(BadRows bad) {
    if (bad == null) {
      return new byte[0];
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(bad.count);
      write(out, bad.found);
      out.writeInt(bad.stages.size());
      for (OfStage one : bad.stages) {
        out.writeInt(one.stage);
        out.writeLong(one.count);
        write(out, one.found);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, List<Finding> found) throws IOException {
    out.writeInt(found.size());
    for (Finding finding : found) {
      block(out, utf8(finding.file));
      out.writeLong(finding.line);
      out.writeLong(finding.offset);
      out.writeLong(finding.row);
      out.writeBoolean(finding.column != null);
      if (finding.column != null) {
        block(out, utf8(finding.column));
      }
      block(out, utf8(finding.rule));
      block(out, finding.text.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /** What {@link #write} has written. */
  public static BadRows read(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      return null;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      long count = in.readLong();
      List<Finding> found = found(in);
      List<OfStage> stages = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        stages.add(new OfStage(in.readInt(), in.readLong(), found(in)));
      }
      return new BadRows(count, found, stages);
    }
  }

  private static List<Finding> found(DataInputStream in) throws IOException {
    List<Finding> found = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      found.add(
          new Finding(
              text(in),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readBoolean() ? text(in) : null,
              text(in),
              new String(in.readNBytes(in.readInt()), StandardCharsets.ISO_8859_1)));
    }
    return found;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void block(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
