package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.operator.KernelContext;
import org.apache.arrow.memory.ArrowBuf;

/** Texts that become values of one width: read piece by piece, then turned one by one. */
final class FixedText implements FixedValues {
  private static final int PIECE = 1024;

  /** Turns a text into a value. */
  @FunctionalInterface
  interface Turn {
    void apply(long text, int length, long target) throws CorruptException;
  }

  private final TextValues texts;
  private final int width;
  private final Turn turn;
  private final GrowingBuffer data;
  private final ArrowBuf ends;

  private FixedText(TextValues texts, int width, Turn turn, KernelContext context) {
    this.texts = texts;
    this.width = width;
    this.turn = turn;
    this.ends = context.allocator().buffer(4L * PIECE + PageReader.SLACK);
    this.data = new GrowingBuffer(context.allocator(), 16L * PIECE);
  }

  /** Texts that all have {@code width} bytes. */
  static FixedText same(TextValues texts, int width, KernelContext context) {
    Turn turn =
        (text, length, target) -> {
          if (length != width) {
            throw new CorruptException(
                "a page has a value of " + length + " bytes where all have " + width);
          }
          Memory.copy(text, target, length);
        };
    return new FixedText(texts, width, turn, context);
  }

  /** Big-endian integers that become decimals of {@code width} bytes. */
  static FixedText decimals(TextValues texts, int width, KernelContext context) {
    return new FixedText(
        texts,
        width,
        (text, length, target) -> Conversion.reverse(text, length, target, width),
        context);
  }

  @Override
  public void read(int count, long target) throws CorruptException {
    for (int done = 0; done < count; done += PIECE) {
      int some = Math.min(PIECE, count - done);
      data.clear();
      texts.read(some, data, ends.memoryAddress());
      int start = 0;
      for (int i = 0; i < some; i++) {
        int end = Memory.getInt(ends.memoryAddress() + 4L * i);
        turn.apply(data.address() + start, end - start, target + (long) width * (done + i));
        start = end;
      }
    }
  }

  @Override
  public void close() {
    texts.close();
    ends.close();
    data.close();
  }
}
