package dev.baton.operators.io.csv;

import dev.baton.engine.source.SourceException;
import dev.baton.operators.io.InputFile;
import dev.baton.operators.io.PackedText;
import dev.baton.operators.io.fields.BadField;
import java.io.IOException;
import java.lang.ref.Reference;
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
    long start = file.input().textStart();
    if (start == file.size()) {
      throw empty(file, header);
    }
    long end;
    try (RecordSearch search = new RecordSearch(file, start)) {
      end = search.atOrAfter(start + 1);
    }
    int length = (int) (end - start);
    ByteBuffer text = ByteBuffer.allocateDirect(length + Tokenizer.PADDING);
    try (FileChannel channel = file.channel()) {
      file.read(channel, text.limit(length), start);
    }
    List<String> names = fields(file, text, length, start, file::place);
    return of(file, names, header, header ? end : start);
  }

  /** Reads the first record of a compressed file. */
  static CsvHead unpack(CsvFile file, boolean header) throws IOException {
    try (PackedText text = PackedText.fields(file.input(), file.delimiter())) {
      PackedText.Block first = text.next(1);
      if (first == null) {
        throw empty(file, header);
      }
      int mark = InputFile.textStart(file.path(), first.text());
      if (mark == first.length()) {
        throw empty(file, header);
      }
      int length = first.length() - mark;
      ByteBuffer copy = ByteBuffer.allocateDirect(length + Tokenizer.PADDING);
      copy.put(first.text().duplicate().position(mark));
      List<String> names = fields(file, copy, length, mark, file::unpackedPlace);
      return of(file, names, header, header ? first.length() : mark);
    }
  }

  private static SourceException empty(CsvFile file, boolean header) {
    return new SourceException(
        file.path() + " is empty: expected " + (header ? "a header line" : "at least one row"));
  }

  private static CsvHead of(CsvFile file, List<String> names, boolean header, long rows)
      throws IOException {
    if (header) {
      check(file, names);
      return new CsvHead(names, rows);
    }
    for (int i = 0; i < names.size(); i++) {
      names.set(i, "column" + i);
    }
    return new CsvHead(names, rows);
  }

  /** Names places in a file. */
  private interface Places {
    String at(long offset) throws IOException;
  }

  private static List<String> fields(
      CsvFile file, ByteBuffer text, int length, long start, Places places) throws IOException {
    long base = MemoryUtil.getByteBufferAddress(text);
    Tokenizer tokenizer = new Tokenizer(length + 1, file.delimiter(), null);
    tokenizer.start(base, length);
    try {
      int count = tokenizer.record(0);
      List<String> names = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        String name = CsvFormat.decode(base, tokenizer.index()[i]);
        if (name == null) {
          throw new SourceException(
              places.at(start) + ": field " + (i + 1) + " is not UTF-8; convert the file to UTF-8");
        }
        names.add(name);
      }
      return names;
    } catch (BadField e) {
      throw new SourceException(
          places.at(start + e.offset) + ", field " + (e.column + 1) + ": " + e.getMessage());
    } finally {
      // The address alone does not keep the memory.
      Reference.reachabilityFence(text);
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
