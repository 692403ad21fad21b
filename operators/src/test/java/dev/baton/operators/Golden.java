package dev.baton.operators;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what other tools made of small inputs; see {@code src/test/python}. */
public final class Golden {
  private Golden() {}

  /** The lines of a file. */
  public static List<String> lines(String name) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no golden file " + name);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
      lines.remove(lines.size() - 1);
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tab-separated fields of each line, {@code \N} being null. */
  public static List<String[]> table(String name) {
    List<String[]> rows = new ArrayList<>();
    for (String line : lines(name)) {
      String[] fields = line.split("\t", -1);
      for (int i = 0; i < fields.length; i++) {
        fields[i] = fields[i].equals("\\N") ? null : fields[i];
      }
      rows.add(fields);
    }
    return rows;
  }
}
