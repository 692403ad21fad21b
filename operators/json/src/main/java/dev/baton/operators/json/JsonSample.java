package dev.baton.operators.json;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.source.SourceException;
import dev.baton.operators.internal.Strings;
import dev.baton.operators.io.ByteSplits;
import dev.baton.operators.io.PackedText;
import dev.baton.operators.io.fields.BadField;
import dev.baton.operators.io.fields.FieldIndexer;
import dev.baton.operators.io.fields.FieldTable;
import dev.baton.operators.io.fields.Fields;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.util.MemoryUtil;

/** Finds columns and their types in the first rows of a file. Confined to one thread. */
final class JsonSample {
  private static final int BLOCK = 128 * 1024;
  private static final int MOST_COLUMNS = 10_000;

  private final JsonFile file;
  private final Set<String> declared;
  private final boolean strict;
  private final Map<String, JsonGuess> guesses = new LinkedHashMap<>();
  private final JsonScanner scanner = new JsonScanner();
  private ByteBuffer text = ByteBuffer.allocate(0);
  private long base;
  private int left;

  private JsonSample(JsonFile file, Set<String> declared, int rows, boolean strict) {
    this.file = file;
    this.declared = declared;
    this.left = rows;
    this.strict = strict;
  }

  /**
   * Looks at rows.
   *
   * @param declared columns whose values are not looked into
   * @param strict whether a broken row fails; else it tells nothing
   * @return by name, in the order in which they are met
   */
  static Map<String, JsonGuess> columns(
      JsonFile file, Set<String> declared, int rows, boolean strict) throws IOException {
    JsonSample sample = new JsonSample(file, declared, rows, strict);
    if (file.packed()) {
      sample.unpack();
    } else {
      sample.read();
    }
    return sample.columns();
  }

  /** A column of nulls is none if it is the place of objects that are missing. */
  private Map<String, JsonGuess> columns() {
    Map<String, JsonGuess> columns = new LinkedHashMap<>();
    guesses.forEach(
        (name, guess) -> {
          boolean leads =
              guess.empty() && guesses.keySet().stream().anyMatch(n -> n.startsWith(name + "."));
          if (!leads || declared.contains(name)) {
            columns.put(name, guess);
          }
        });
    return columns;
  }

  private void read() throws IOException {
    try (ByteSplits blocks = file.splits(BLOCK, () -> false);
        FileChannel channel = file.input().channel()) {
      ByteSplits.Range block;
      for (int i = 0; left > 0 && (block = blocks.get(i)) != null; i++) {
        int length = (int) block.bytes();
        file.input().read(channel, room(length), block.start());
        look(length, block.start(), 0);
      }
    }
  }

  private void unpack() throws IOException {
    try (PackedText blocks = file.unpack()) {
      PackedText.Block block;
      while (left > 0 && (block = blocks.next(BLOCK)) != null) {
        room(block.length()).put(block.text().duplicate());
        look(block.length(), block.start(), block.line());
      }
    }
  }

  private ByteBuffer room(int length) {
    if (text.capacity() < length + FieldIndexer.PADDING) {
      text = ByteBuffer.allocateDirect(2 * length + FieldIndexer.PADDING);
    }
    return text.clear().limit(length);
  }

  private void look(int length, long start, long line) throws SourceException {
    base = MemoryUtil.getByteBufferAddress(text);
    try {
      Memory.putByte(base + length, (byte) '\n');
      scanner.start(base);
      for (long at = base; at < base + length && left > 0; ) {
        try {
          at = line(at);
        } catch (BadField e) {
          if (strict) {
            throw FieldTable.locate(e, file.input(), List.of(), base, start, line);
          }
          while (Memory.getByte(at) != '\n') {
            at++;
          }
          at++;
          left--;
        }
      }
    } finally {
      // The address alone does not keep the memory.
      Reference.reachabilityFence(text);
    }
  }

  /** Looks at a line; the indexer finds what is wrong with it but for its columns. */
  private long line(long at) {
    at = JsonScanner.blanks(at);
    if (Memory.getByte(at) == '{') {
      at = JsonScanner.blanks(object(at, "", 1));
      left--;
    }
    if (Memory.getByte(at) != '\n') {
      throw scanner.wrong(
          at,
          "expected one object in each line but found " + JsonScanner.found(at),
          "write JSON Lines");
    }
    return at + 1;
  }

  private long object(long at, String prefix, int depth) {
    scanner.checkDepth(at, depth);
    at = JsonScanner.blanks(at + 1);
    if (Memory.getByte(at) == '}') {
      return at + 1;
    }
    while (true) {
      long from = scanner.key(at);
      at = scanner.string(from);
      String raw = Strings.of(from, (int) (at - 1 - from));
      at = value(scanner.colon(at), prefix + JsonFormat.unescaped(raw), depth);
      at = JsonScanner.blanks(at);
      if (Memory.getByte(at) == '}') {
        return at + 1;
      }
      at = scanner.comma(at, '}');
    }
  }

  private long value(long at, String name, int depth) {
    byte b = Memory.getByte(at);
    if (b == '{' && !declared.contains(name) && Memory.getByte(JsonScanner.blanks(at + 1)) != '}') {
      return object(at, name + ".", depth + 1);
    }
    long end = scanner.value(at, depth);
    JsonGuess guess = guesses.computeIfAbsent(name, n -> new JsonGuess());
    if (guesses.size() > MOST_COLUMNS) {
      throw scanner.wrong(
          at,
          "there are more than " + MOST_COLUMNS + " different keys",
          "declare those wanted in 'types' and set sample-rows: 0 and unknown: ignore");
    }
    if (b == '"') {
      guess.observe(b, base, Fields.packQuoted(at + 1 - base, end - at - 2, false));
    } else if (b != '{' || end - at > 2) {
      guess.observe(b, base, Fields.pack(at - base, end - at));
    }
    return end;
  }
}
