package dev.baton.operators.io.idx;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Split;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** An IDX file whose header is read. */
final class OpenIdx implements OpenSource {
  /** Some rows, which make a batch. */
  record Run(int first, int rows, long bytes) implements Split {}

  private final IdxHeader header;
  private final Schema schema;
  private final int splitRows;

  OpenIdx(IdxSource source, IdxHeader header) {
    this.header = header;
    this.schema = new Schema(List.of(field(source.column(), header)));
    this.splitRows = (int) Math.max(1, source.splitBytes() / header.rowBytes());
  }

  private static Field field(String name, IdxHeader header) {
    if (header.dimensions() == 1) {
      return Types.field(name, header.type());
    }
    Field number = new Field("item", FieldType.notNullable(header.type()), null);
    ArrowType list = new ArrowType.FixedSizeList(header.numbers());
    return new Field(name, FieldType.nullable(list), List.of(number));
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public long bytes() {
    return header.rows() * header.rowBytes();
  }

  @Override
  public String version() {
    return header.file().version();
  }

  @Override
  public Iterator<? extends Split> splits() {
    int splits = (int) (((long) header.rows() + splitRows - 1) / splitRows);
    return IntStream.range(0, splits)
        .mapToObj(
            i -> {
              int first = i * splitRows;
              int rows = Math.min(splitRows, header.rows() - first);
              return new Run(first, rows, rows * header.rowBytes());
            })
        .iterator();
  }

  @Override
  public Decoder decoder(List<String> columns, KernelContext context) {
    return new IdxDecoder(header, columns.isEmpty() ? null : schema.getFields().get(0), context);
  }

  @Override
  public void close() {}
}
