package dev.baton.operators.io.arrow;

import dev.baton.engine.source.SourceException;
import dev.baton.operators.io.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What is where in an Arrow file or stream: found by reading message headers only. Immutable.
 *
 * @param schema as written: dictionary-encoded fields have the type of their values
 */
record ArrowIndex(InputFile file, Schema schema, List<Block> batches) {
  /**
   * A record batch.
   *
   * @param first the number of its first row in the file
   * @param dictionaries where the message is that holds each dictionary valid for this batch, by
   *     its identifier
   * @param compression null for none
   */
  record Block(
      ArrowMessage message,
      long first,
      long rows,
      Map<Long, ArrowMessage> dictionaries,
      Compression compression) {}

  private static final String MAGIC = "ARROW1";
  private static final int MAGIC_BYTES = 6;

  /** Of a record batch that has nothing but its length, as no bytes bear that out. */
  private static final int MOST_BARE_ROWS = 1 << 22;

  static ArrowIndex read(Path path) throws IOException {
    InputFile file = InputFile.of(path);
    try (FileChannel channel = file.channel()) {
      String start = text(file, channel, 0, MAGIC_BYTES);
      if (start.startsWith("PAR1") || start.startsWith("FEA1")) {
        throw new SourceException(
            path
                + (start.startsWith("P") ? " is a Parquet file" : " is a Feather file of version 1")
                + ", not Arrow IPC");
      }
      Reader reader = new Reader(file, channel);
      return start.equals(MAGIC) ? reader.file() : reader.stream();
    } catch (IndexOutOfBoundsException
        | IllegalArgumentException
        | NullPointerException
        | UnsupportedOperationException
        | ArithmeticException
        | StackOverflowError e) {
      throw new SourceException(path + ": its Arrow metadata is corrupt (" + e + ")", e);
    }
  }

  private static String text(InputFile file, FileChannel channel, long at, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(length, Math.max(0, file.size() - at)));
    file.read(channel, bytes, at);
    return new String(bytes.array(), StandardCharsets.ISO_8859_1);
  }

  private static final class Reader {
    private final InputFile file;
    private final FileChannel channel;
    private final List<Block> batches = new ArrayList<>();
    private Map<Long, ArrowMessage> dictionaries = new HashMap<>();
    private long rows;

    Reader(InputFile file, FileChannel channel) {
      this.file = file;
      this.channel = channel;
    }

    ArrowIndex file() throws IOException {
      long tail = file.size() - MAGIC_BYTES - 4;
      if (tail < 8 || !text(file, channel, tail + 4, MAGIC_BYTES).equals(MAGIC)) {
        throw new SourceException(
            file.path() + " has no footer: it is cut off, or was not written to its end");
      }
      ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
      file.read(channel, length, tail);
      long footerAt = tail - length.getInt(0);
      if (length.getInt(0) <= 0 || footerAt < 8) {
        throw new SourceException(
            file.path() + ": its footer claims " + length.getInt(0) + " bytes; it is corrupt");
      }
      ByteBuffer bytes = ByteBuffer.allocate(length.getInt(0)).order(ByteOrder.LITTLE_ENDIAN);
      file.read(channel, bytes, footerAt);
      Footer footer = Footer.getRootAsFooter(bytes.flip());
      Schema schema = schema(footer.schema());
      for (int i = 0; i < footer.dictionariesLength(); i++) {
        dictionary(ArrowMessage.read(file, channel, footer.dictionaries(i).offset()));
      }
      for (int i = 0; i < footer.recordBatchesLength(); i++) {
        batch(ArrowMessage.read(file, channel, footer.recordBatches(i).offset()));
      }
      return new ArrowIndex(file, schema, List.copyOf(batches));
    }

    ArrowIndex stream() throws IOException {
      ArrowMessage message = ArrowMessage.startsStream(file, channel) ? next(0) : null;
      if (message == null || message.header().headerType() != MessageHeader.Schema) {
        throw new SourceException(file.path() + " is neither an Arrow file nor an Arrow stream");
      }
      Schema schema =
          schema(
              (org.apache.arrow.flatbuf.Schema)
                  message.header().header(new org.apache.arrow.flatbuf.Schema()));
      while ((message = next(message.end())) != null) {
        if (message.header().headerType() == MessageHeader.DictionaryBatch) {
          dictionary(message);
        } else {
          batch(message);
        }
      }
      return new ArrowIndex(file, schema, List.copyOf(batches));
    }

    private ArrowMessage next(long offset) throws IOException {
      return ArrowMessage.read(file, channel, offset);
    }

    private Schema schema(org.apache.arrow.flatbuf.Schema schema) throws IOException {
      if (schema == null) {
        throw new SourceException(file.path() + ": its Arrow metadata is corrupt (no schema)");
      }
      if (schema.endianness() != org.apache.arrow.flatbuf.Endianness.Little) {
        throw new SourceException(file.path() + " is big-endian Arrow, which is not supported");
      }
      Schema read = Schema.convertSchema(schema);
      Set<String> names = new HashSet<>();
      for (Field field : read.getFields()) {
        if (!names.add(field.getName())) {
          throw new SourceException(
              file.path() + ": two columns are called '" + field.getName() + "'; rename one");
        }
        checkLists(field, field.getName());
      }
      return read;
    }

    /** Nothing else asks whether a list has a type for what is in it. */
    private void checkLists(Field field, String path) throws SourceException {
      boolean one =
          switch (field.getType().getTypeID()) {
            case List, LargeList, FixedSizeList, ListView, LargeListView, Map -> true;
            default -> false;
          };
      int children = field.getChildren().size();
      if (one && children != 1) {
        throw new SourceException(
            String.format(
                "%s: its Arrow metadata is corrupt (column '%s' is a list of %d types)",
                file.path(), path, children));
      }
      for (Field child : field.getChildren()) {
        checkLists(child, path + "." + child.getName());
      }
    }

    private void dictionary(ArrowMessage message) throws IOException {
      Message header = required(message, MessageHeader.DictionaryBatch, "dictionary");
      DictionaryBatch batch = (DictionaryBatch) header.header(new DictionaryBatch());
      if (batch.isDelta()) {
        throw new SourceException(
            message.place() + ": delta dictionaries are not supported; write it without them");
      }
      // A later dictionary replaces an earlier one for the batches behind it.
      dictionaries = new HashMap<>(dictionaries);
      dictionaries.put(batch.id(), message);
    }

    private void batch(ArrowMessage message) throws IOException {
      Message header = required(message, MessageHeader.RecordBatch, "record batch");
      RecordBatch batch = (RecordBatch) header.header(new RecordBatch());
      if (batch.length() < 0 || batch.length() > Integer.MAX_VALUE) {
        throw new SourceException(
            message.place() + ": the record batch claims " + batch.length() + " rows");
      }
      Compression compression = BatchReader.compression(message, batch);
      if (compression == null
          && batch.buffersLength() > 0
          && batch.length() >>> 3 > message.bodyLength()) {
        throw new SourceException(
            String.format(
                "%s: the record batch claims %d rows in %d bytes; the file is corrupt",
                message.place(), batch.length(), message.bodyLength()));
      }
      if (batch.buffersLength() == 0 && batch.length() > MOST_BARE_ROWS) {
        throw new SourceException(
            String.format(
                "%s: the record batch claims %d rows of no bytes; at most %d are believed",
                message.place(), batch.length(), MOST_BARE_ROWS));
      }
      batches.add(new Block(message, rows, batch.length(), dictionaries, compression));
      rows += batch.length();
    }

    private Message required(ArrowMessage message, byte type, String what) throws IOException {
      if (message == null || message.header().headerType() != type) {
        throw new SourceException(
            (message == null ? file.path().toString() : message.place())
                + ": expected a "
                + what
                + " here; the file is corrupt");
      }
      return message.header();
    }
  }
}
