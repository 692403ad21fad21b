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

/**
 * What was wrong with rows of the input that became a batch or were left out of it. It stays with
 * the {@link Batch} through all stages and between processes, so that it is counted once and in the
 * order of the data, in whatever mode. Immutable.
 *
 * @param count how many rows were bad
 * @param found what was wrong, in the order of the data; only the first where nobody wants more
 */
public record BadRows(long count, List<Finding> found) {
  /**
   * One rule broken.
   *
   * @param file where the row is from
   * @param line from 1
   * @param offset in bytes from the start of the file's text
   * @param column null when the whole row is meant
   * @param text the row as it stands in the file, each byte a character of ISO 8859-1, since it may
   *     be no UTF-8
   */
  public record Finding(
      String file, long line, long offset, String column, String rule, String text) {
    /** Place, column and rule in words. */
    public String describe() {
      return String.format(
          "%s, line %d (byte %d)%s: %s",
          file, line, offset, column == null ? "" : ", column '" + column + "'", rule);
    }
  }

  public BadRows {
    found = List.copyOf(found);
  }

  /** The same without the details but for the first finding. */
  public BadRows first() {
    return new BadRows(count, found.subList(0, 1));
  }

  /**
   * Both together, without the details but for the first finding.
   *
   * @param first null for nothing
   */
  public static BadRows sum(BadRows first, BadRows second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return new BadRows(first.count + second.count, first.found.subList(0, 1));
  }

  /** As bytes, none of them for null. */
  public static byte[] write(BadRows bad) {
    if (bad == null) {
      return new byte[0];
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(bad.count);
      out.writeInt(bad.found.size());
      for (Finding finding : bad.found) {
        block(out, utf8(finding.file));
        out.writeLong(finding.line);
        out.writeLong(finding.offset);
        out.writeBoolean(finding.column != null);
        if (finding.column != null) {
          block(out, utf8(finding.column));
        }
        block(out, utf8(finding.rule));
        block(out, finding.text.getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** What {@link #write} has written. */
  public static BadRows read(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      return null;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      long count = in.readLong();
      List<Finding> found = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        found.add(
            new Finding(
                text(in),
                in.readLong(),
                in.readLong(),
                in.readBoolean() ? text(in) : null,
                text(in),
                new String(in.readNBytes(in.readInt()), StandardCharsets.ISO_8859_1)));
      }
      return new BadRows(count, found);
    }
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
