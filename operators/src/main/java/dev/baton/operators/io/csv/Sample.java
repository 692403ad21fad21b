package dev.baton.operators.io.csv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Infers the types of all columns from the first rows of a file. */
final class Sample {
  private static final int BLOCK = 128 * 1024;

  private Sample() {}

  static List<ArrowType> types(CsvFile file, CsvHead head, NullTokens nulls, int rows)
      throws IOException {
    int width = head.names().size();
    List<TypeGuess> guesses = Stream.generate(TypeGuess::new).limit(width).toList();
    Tokenizer tokenizer = new Tokenizer(width, file.delimiter());
    ByteBuffer text = ByteBuffer.allocate(0);
    int left = rows;
    try (CsvSplits blocks = new CsvSplits(file, head.rows(), BLOCK);
        FileChannel channel = file.channel()) {
      CsvSplits.Range block;
      for (int i = 0; left > 0 && (block = blocks.get(i)) != null; i++) {
        int length = (int) block.bytes();
        if (text.capacity() < length + Tokenizer.PADDING) {
          text = ByteBuffer.allocateDirect(2 * length + Tokenizer.PADDING);
        }
        file.read(channel, text.clear().limit(length), block.start());
        long base = MemoryUtil.getByteBufferAddress(text);
        tokenizer.start(base, length);
        try {
          for (int found; left > 0 && (found = tokenizer.next()) > 0; left -= found) {
            for (int k = 0; k < Math.min(found, left) * width; k++) {
              guesses.get(k % width).observe(base, tokenizer.index()[k], nulls);
            }
          }
        } catch (BadField e) {
          throw CsvTable.locate(e, file, head.names(), block.start());
        }
      }
    }
    return guesses.stream().map(TypeGuess::type).toList();
  }
}
