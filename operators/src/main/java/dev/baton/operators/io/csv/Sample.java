package dev.baton.operators.io.csv;

import dev.baton.engine.source.SourceException;
import dev.baton.operators.io.ByteSplits;
import dev.baton.operators.io.PackedText;
import dev.baton.operators.io.fields.BadField;
import dev.baton.operators.io.fields.BadRecords;
import dev.baton.operators.io.fields.FieldTable;
import dev.baton.operators.io.fields.NullTokens;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.util.MemoryUtil;

/** Infers the types of all columns from the first rows of a file. */
final class Sample {
  private static final int BLOCK = 128 * 1024;

  private Sample() {}

  /**
   * Looks at rows.
   *
   * @param bad takes records that cannot be split, which tell nothing; null to fail at the first
   */
  static List<TypeGuess> guesses(
      CsvFile file, CsvHead head, NullTokens nulls, int rows, BadRecords bad) throws IOException {
    Guessing guessing = new Guessing(file, head, nulls, rows, bad);
    if (file.packed()) {
      guessing.unpack();
    } else {
      guessing.read();
    }
    return guessing.guesses;
  }

  private static final class Guessing {
    private final CsvFile file;
    private final CsvHead head;
    private final NullTokens nulls;
    private final BadRecords bad;
    private final int width;
    private final List<TypeGuess> guesses;
    private final Tokenizer tokenizer;
    private ByteBuffer text = ByteBuffer.allocate(0);
    private int left;

    Guessing(CsvFile file, CsvHead head, NullTokens nulls, int rows, BadRecords bad) {
      this.file = file;
      this.head = head;
      this.nulls = nulls;
      this.bad = bad;
      this.width = head.names().size();
      this.guesses = Stream.generate(TypeGuess::new).limit(width).toList();
      this.tokenizer = new Tokenizer(width, file.delimiter(), bad);
      this.left = rows;
    }

    void read() throws IOException {
      try (ByteSplits blocks =
              new ByteSplits(
                  head.rows(), file.size(), BLOCK, () -> new RecordSearch(file, head.rows()));
          FileChannel channel = file.channel()) {
        ByteSplits.Range block;
        for (int i = 0; left > 0 && (block = blocks.get(i)) != null; i++) {
          int length = (int) block.bytes();
          file.read(channel, room(length), block.start());
          look(length, block.start(), 0);
        }
      }
    }

    void unpack() throws IOException {
      try (PackedText blocks = file.unpack(head)) {
        PackedText.Block block;
        while (left > 0 && (block = blocks.next(BLOCK)) != null) {
          room(block.length()).put(block.text().duplicate());
          look(block.length(), block.start(), block.line());
        }
      }
    }

    private ByteBuffer room(int length) {
      if (text.capacity() < length + Tokenizer.PADDING) {
        text = ByteBuffer.allocateDirect(2 * length + Tokenizer.PADDING);
      }
      return text.clear().limit(length);
    }

    private void look(int length, long start, long line) throws SourceException {
      long base = MemoryUtil.getByteBufferAddress(text);
      tokenizer.start(base, length);
      try {
        for (int found; left > 0 && (found = tokenizer.next()) > 0; left -= found) {
          for (int k = 0; k < Math.min(found, left) * width; k++) {
            guesses.get(k % width).observe(base, tokenizer.index()[k], nulls);
          }
        }
        if (bad != null) {
          bad.startBatch();
        }
      } catch (BadField e) {
        throw FieldTable.locate(e, file.input(), head.names(), base, start, line);
      } finally {
        // The address alone does not keep the memory.
        Reference.reachabilityFence(text);
      }
    }
  }
}
