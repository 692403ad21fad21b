package dev.baton.operators.io.fields;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.KernelContext;
import dev.baton.operators.io.PackedEncoder;
import dev.baton.operators.io.TextBytes;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;

/** Writes the rows of a batch as text into one buffer. */
public final class RowEncoder implements PackedEncoder.Texts {
  private static final int CHECKPOINT_ROWS = 1024;

  private final FieldWriter[] columns;

  /** What stands before the value of each column, and behind that of the last one. */
  private final Snippet[] between;

  /** The first eight bytes, and the length, of each of those texts. */
  private final long[] words;

  private final int[] lengths;
  private final Snippet missing;
  private final KernelContext context;
  private final long[] validity;

  /** Enough for a row but for its texts. */
  private final long fixedRoom;

  private ArrowBuf buffer;
  private long expected = 64 * 1024;

  /**
   * An encoder for one worker.
   *
   * @param between what stands before the value of each column, and behind that of the last one
   * @param missing what stands for a missing value
   */
  public RowEncoder(
      List<FieldWriter> columns, List<String> between, String missing, KernelContext context) {
    this.columns = columns.toArray(FieldWriter[]::new);
    this.between = between.stream().map(Snippet::new).toArray(Snippet[]::new);
    this.words = Arrays.stream(this.between).mapToLong(Snippet::first).toArray();
    this.lengths = Arrays.stream(this.between).mapToInt(Snippet::length).toArray();
    this.missing = new Snippet(missing);
    this.context = context;
    this.validity = new long[this.columns.length];
    long room = (FieldWriter.MOST_FIXED + this.missing.room()) * this.columns.length;
    for (Snippet snippet : this.between) {
      room += snippet.room();
    }
    this.fixedRoom = room;
  }

  @Override
  public TextBytes encode(Batch batch) {
    for (int i = 0; i < columns.length; i++) {
      FieldVector column = batch.column(columns[i].name());
      columns[i].bind(column);
      validity[i] = batch.rows() == 0 ? 0 : Validity.address(column);
    }
    buffer = context.allocator().buffer(Math.max(expected, fixedRoom));
    try {
      int length = Math.toIntExact(rows(batch.rows()));
      expected = length + length / 8L + 64 * 1024;
      return new TextBytes(buffer, length);
    } catch (Throwable e) {
      buffer.close();
      throw e;
    }
  }

  private long rows(int rows) {
    long at = buffer.memoryAddress();
    long end = at + buffer.capacity();
    for (int row = 0; row < rows; row++) {
      long room = fixedRoom;
      for (FieldWriter column : columns) {
        room += column.room(row);
      }
      if (end - at < room) {
        long used = at - buffer.memoryAddress();
        grow(used, room);
        at = buffer.memoryAddress() + used;
        end = buffer.memoryAddress() + buffer.capacity();
      }
      for (int i = 0; i < columns.length; i++) {
        // The text before is mostly a delimiter.
        int length = lengths[i];
        Memory.putLong(at, words[i]);
        at = length <= Long.BYTES ? at + length : between[i].write(at);
        at = Validity.isSet(validity[i], row) ? columns[i].write(at, row) : missing.write(at);
      }
      at = between[columns.length].write(at);
      if ((row & CHECKPOINT_ROWS - 1) == CHECKPOINT_ROWS - 1) {
        context.checkpoint();
      }
    }
    return at - buffer.memoryAddress();
  }

  private void grow(long used, long room) {
    ArrowBuf larger = context.allocator().buffer(Math.max(2 * used, used + room));
    Memory.copy(buffer.memoryAddress(), larger.memoryAddress(), used);
    buffer.close();
    buffer = larger;
  }

  @Override
  public void close() {}
}
