package dev.baton.operators.io.csv;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;

/** Writes the rows of a batch as text into one buffer. */
final class CsvEncoder implements Encoder {
  private static final int CHECKPOINT_ROWS = 1024;

  private final FieldWriter[] columns;
  private final byte delimiter;
  private final byte[] missing;
  private final KernelContext context;
  private final long[] validity;

  /** Enough for a row but for its texts. */
  private final long fixedRoom;

  private ArrowBuf buffer;
  private long expected = 64 * 1024;

  CsvEncoder(List<FieldWriter> columns, String delimiter, String nullToken, KernelContext context) {
    this.columns = columns.toArray(FieldWriter[]::new);
    this.delimiter = (byte) delimiter.charAt(0);
    this.missing = nullToken.getBytes(StandardCharsets.UTF_8);
    this.context = context;
    this.validity = new long[this.columns.length];
    this.fixedRoom = (FieldWriter.MOST_FIXED + 1L + missing.length) * this.columns.length + 1;
  }

  @Override
  public Encoded encode(Batch batch) {
    for (int i = 0; i < columns.length; i++) {
      FieldVector column = batch.column(columns[i].name());
      columns[i].bind(column);
      validity[i] = batch.rows() == 0 ? 0 : Validity.address(column);
    }
    buffer = context.allocator().buffer(Math.max(expected, fixedRoom));
    try {
      int length = Math.toIntExact(rows(batch.rows()));
      expected = length + length / 8L + 64 * 1024;
      return new CsvSink.Text(buffer, length);
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
        if (i > 0) {
          Memory.putByte(at++, delimiter);
        }
        if (Validity.isSet(validity[i], row)) {
          at = columns[i].write(at, row);
        } else {
          Memory.copyFromArray(missing, 0, at, missing.length);
          at += missing.length;
        }
      }
      Memory.putByte(at++, (byte) '\n');
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
