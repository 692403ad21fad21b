package dev.baton.operators.expression;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.operator.KernelContext;
import dev.baton.operators.internal.Calendar;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** The same value in every row, written once when it is opened; costs nothing per block. */
final class ConstantNode extends Node {
  private final Object value;
  private ArrowBuf bytes;

  /**
   * @param value as in {@link Expression.Literal}, of the right class for {@code kind}, or null
   */
  ConstantNode(Expression source, Kind kind, Object value) {
    this(source, kind, kind.type, value);
  }

  ConstantNode(Expression source, Kind kind, ArrowType type, Object value) {
    super(source, kind, type);
    this.value = value;
  }

  Object value() {
    return value;
  }

  static Kind kind(Object value) {
    if (value == null) {
      return Kind.NULL;
    }
    if (value instanceof Boolean) {
      return Kind.BOOL;
    }
    if (value instanceof Long) {
      return Kind.INT;
    }
    if (value instanceof Double) {
      return Kind.FLOAT;
    }
    if (value instanceof LocalDate) {
      return Kind.DATE;
    }
    return value instanceof LocalDateTime ? Kind.TIMESTAMP : Kind.TEXT;
  }

  @Override
  void open(KernelContext context) {
    super.open(context);
    if (value == null) {
      return;
    }
    Arrays.fill(valid, -1L);
    switch (kind) {
      case BOOL -> Arrays.fill(bits, (Boolean) value ? -1L : 0L);
      case INT -> Arrays.fill(longs, (Long) value);
      case FLOAT -> Arrays.fill(doubles, (Double) value);
      case DATE -> Arrays.fill(longs, ((LocalDate) value).toEpochDay());
      case TIMESTAMP -> Arrays.fill(longs, Calendar.micros((LocalDateTime) value));
      default -> {
        byte[] text = ((String) value).getBytes(StandardCharsets.UTF_8);
        bytes = context.allocator().buffer(Math.max(1, text.length));
        Memory.copyFromArray(text, 0, bytes.memoryAddress(), text.length);
        Arrays.fill(longs, bytes.memoryAddress());
        Arrays.fill(lengths, text.length);
      }
    }
  }

  @Override
  void compute(Block block, long[] active) {}

  @Override
  public void close() {
    if (bytes != null) {
      bytes.close();
      bytes = null;
    }
  }
}
