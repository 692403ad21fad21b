package dev.baton.engine.spec.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The text form of an index: one line {@code kind class} for each record, and {@code @component}
 * for each documented component. Lines that begin with a blank are the Javadoc of what stands
 * before them; lines that begin with {@code #} are comments.
 *
 * <pre>
 * operator dev.baton.operators.scale.StandardScaler
 *  Centres and scales to unit population deviation.
 * &#64;columns
 *  the columns to scale
 * </pre>
 */
public final class IndexFile {
  /** Where an index lies in a jar. */
  public static final String PATH = "META-INF/baton/index";

  private static final String HEADER =
      "# Written by the compiler from the Javadoc of each record.\n";

  private IndexFile() {}

  public static String write(Collection<IndexEntry> entries) {
    StringBuilder text = new StringBuilder(HEADER);
    for (IndexEntry entry : entries) {
      text.append(entry.kind().word()).append(' ').append(entry.className()).append('\n');
      indented(text, entry.doc());
      entry
          .parameters()
          .forEach(
              (name, doc) -> {
                text.append('@').append(name).append('\n');
                indented(text, doc);
              });
    }
    return text.toString();
  }

  private static void indented(StringBuilder text, String doc) {
    if (!doc.isEmpty()) {
      doc.lines().forEach(line -> text.append(' ').append(line).append('\n'));
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException quoting the first line it cannot read
   */
  public static List<IndexEntry> read(String text) {
    List<IndexEntry> entries = new ArrayList<>();
    Reading reading = null;
    for (String line : text.lines().toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      char first = line.charAt(0);
      if (first != ' ' && first != '@') {
        addTo(entries, reading);
        reading = new Reading(line);
      } else if (reading == null) {
        throw new IllegalArgumentException("text before the first record: '" + line + "'");
      } else if (first == '@') {
        reading.parameter(line.substring(1));
      } else {
        reading.text(line.substring(1));
      }
    }
    addTo(entries, reading);
    return entries;
  }

  private static void addTo(List<IndexEntry> entries, Reading reading) {
    if (reading != null) {
      entries.add(reading.entry());
    }
  }

  /** One entry while its lines are read. */
  private static final class Reading {
    private final Kind kind;
    private final String className;
    private final StringBuilder doc = new StringBuilder();
    private final Map<String, StringBuilder> parameters = new LinkedHashMap<>();
    private StringBuilder current = doc;

    Reading(String line) {
      int blank = line.indexOf(' ');
      for (Kind kind : Kind.values()) {
        if (blank > 0 && kind.word().equals(line.substring(0, blank))) {
          this.kind = kind;
          this.className = line.substring(blank + 1);
          return;
        }
      }
      throw new IllegalArgumentException("no 'kind class' in '" + line + "'");
    }

    void parameter(String name) {
      current = new StringBuilder();
      parameters.put(name, current);
    }

    void text(String line) {
      current.append(current.isEmpty() ? "" : "\n").append(line);
    }

    IndexEntry entry() {
      Map<String, String> texts = new LinkedHashMap<>();
      parameters.forEach((name, text) -> texts.put(name, text.toString()));
      return new IndexEntry(kind, className, doc.toString(), texts);
    }
  }
}
