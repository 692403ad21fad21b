package dev.baton.operators.io.csv;

import dev.baton.engine.source.SourceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.util.MemoryUtil;

/**
 * The start of a file: the names of its columns and where its first row begins.
 *
 * @param rows offset of the first record that is not the header
 */
record CsvHead(List<String> names, long rows) {
  static CsvHead read(CsvFile file, boolean header) throws IOException {
    long start = afterMark(file);
    if (start == file.size()) {
      throw new SourceException(
          file.path() + " is empty: expected " + (header ? "a header line" : "at least one row"));
    }
    long end;
    try (RecordSearch search = new RecordSearch(file, start)) {
      end = search.atOrAfter(start + 1);
    }
    List<String> names = fields(file, start, (int) (end - start));
    if (!header) {
      names.replaceAll(name -> "");
      for (int i = 0; i < names.size(); i++) {
        names.set(i, "column" + i);
      }
      return new CsvHead(names, start);
    }
    check(file, names);
    return new CsvHead(names, end);
  }

  /** Where the text begins: behind a UTF-8 byte order mark, if there is one. */
  private static long afterMark(CsvFile file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(3, file.size()));
    try (FileChannel channel = file.channel()) {
      file.read(channel, bytes, 0);
    }
    int first = bytes.limit() < 2 ? 0 : bytes.getShort(0) & 0xFFFF;
    if (first == 0xFFFE || first == 0xFEFF) {
      throw new SourceException(file.path() + " is UTF-16; convert it to UTF-8");
    }
    if (first == 0x1F8B) {
      throw new SourceException(file.path() + " is compressed with gzip; unpack it first");
    }
    return bytes.limit() == 3 && first == 0xEFBB && bytes.get(2) == (byte) 0xBF ? 3 : 0;
  }

  private static List<String> fields(CsvFile file, long start, int length) throws IOException {
    ByteBuffer text = ByteBuffer.allocateDirect(length + Tokenizer.PADDING);
    try (FileChannel channel = file.channel()) {
      file.read(channel, text.limit(length), start);
    }
    long base = MemoryUtil.getByteBufferAddress(text);
    Tokenizer tokenizer = new Tokenizer(length + 1, file.delimiter());
    tokenizer.start(base, length);
    try {
      int count = tokenizer.record(0);
      List<String> names = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        String name = Fields.decode(base, tokenizer.index()[i]);
        if (name == null) {
          throw new SourceException(
              file.place(start)
                  + ": field "
                  + (i + 1)
                  + " is not UTF-8; convert the file to UTF-8");
        }
        names.add(name);
      }
      return names;
    } catch (BadField e) {
      throw new SourceException(
          file.place(start + e.offset) + ", field " + (e.column + 1) + ": " + e.getMessage());
    }
  }

  private static void check(CsvFile file, List<String> names) throws IOException {
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).isEmpty()) {
        throw new SourceException(
            String.format(
                "%s: column %d of %d has no name in the header; name it, or set header: false",
                file.path(), i + 1, names.size()));
      }
      Integer earlier = seen.put(names.get(i), i);
      if (earlier != null) {
        throw new SourceException(
            String.format(
                "%s: the header names '%s' twice, as columns %d and %d; rename one, or set header:"
                    + " false",
                file.path(), names.get(i), earlier + 1, i + 1));
      }
    }
  }
}
