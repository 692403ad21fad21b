package dev.baton.engine.source;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Nature;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A source with the columns that something expects, in the order in which it expects them. Opening
 * it fails when one is missing or of another type, naming all such columns.
 *
 * @param schema the columns expected, as Arrow's JSON, so that it has a file form
 * @param ignoreExtra whether further columns are passed over instead of being an error
 */
public record Conforming(Source source, String schema, boolean ignoreExtra) implements Source {
  /** A source that has exactly the columns of {@code schema}. */
  public static Conforming of(Source source, Schema schema, boolean ignoreExtra) {
    return new Conforming(source.expecting(schema), schema.toJson(), ignoreExtra);
  }

  @Override
  public Source once() {
    return new Conforming(source.once(), schema, ignoreExtra);
  }

  @Override
  public OpenSource open() throws IOException {
    Schema expected = Schema.fromJSON(schema);
    OpenSource open = source.open();
    String departures = Departures.of(expected, open.schema(), ignoreExtra);
    if (departures != null) {
      open.close();
      throw new SourceException(departures);
    }
    // Its own fields: they may be declared nullable where those expected are not.
    List<Field> fields =
        expected.getFields().stream().map(f -> open.schema().findField(f.getName())).toList();
    return new Reordered(this, open, new Schema(fields));
  }

  private static final class Reordered extends ForwardingSource {
    private final Conforming by;
    private final OpenSource source;
    private final Schema schema;

    Reordered(Conforming by, OpenSource source, Schema schema) {
      super(source);
      this.by = by;
      this.source = source;
      this.schema = schema;
    }

    @Override
    protected Source again(Source other) {
      return new Conforming(other, by.schema, by.ignoreExtra);
    }

    @Override
    public Schema schema() {
      return schema;
    }

    @Override
    public Decoder decoder(List<String> columns, KernelContext context) throws IOException {
      List<String> inSourceOrder =
          source.schema().getFields().stream()
              .map(Field::getName)
              .filter(columns::contains)
              .toList();
      Decoder decoder = source.decoder(inSourceOrder, context);
      return inSourceOrder.equals(columns) ? decoder : new Reordering(decoder, columns);
    }
  }

  private record Reordering(Decoder decoder, List<String> columns) implements Decoder {
    @Override
    public void start(Split split) throws IOException {
      decoder.start(split);
    }

    @Override
    public Batch next() throws Exception {
      Batch batch = decoder.next();
      if (batch != null) {
        batch.retain(columns);
      }
      return batch;
    }

    @Override
    public Nature nature() {
      return decoder.nature();
    }

    @Override
    public void close() throws IOException {
      decoder.close();
    }
  }
}
