package dev.baton.operators.io.csv;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Encoder;
import dev.baton.engine.source.OpenSink;
import dev.baton.engine.source.Sink;
import dev.baton.operators.io.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A CSV file (RFC 4180, UTF-8, lines ending in LF) that appears under its name when all is written.
 *
 * <p>Text is quoted only when it must be; an empty string is written as {@code ""} when a missing
 * value is written as nothing, so that the two stay apart. Floats are written so that they read
 * back as the same bits, dates and timestamps as in ISO 8601. Columns of other types, such as
 * lists, are an error when the sink is opened.
 *
 * @param path the file; one that exists is replaced
 * @param delimiter one ASCII character; {@code tab} may be written for a tab
 * @param header whether the first line names the columns
 * @param nullToken what a missing value is written as
 */
public record CsvSink(Path path, String delimiter, boolean header, String nullToken)
    implements Sink {
  public CsvSink {
    delimiter = CsvSource.checkDelimiter(delimiter);
    if (delimiter.equals(":")) {
      throw new IllegalArgumentException("delimiter must not be ':', which is a part of times");
    }
    if (Quoting.needed(nullToken, delimiter.charAt(0))
        || new NullTokens(List.of(nullToken)).ambiguous()) {
      throw new IllegalArgumentException(
          "nullToken must need no quotes and not read as a number, a truth value or a date but was '"
              + nullToken
              + "'");
    }
  }

  public CsvSink(Path path) {
    this(path, ",", true, "");
  }

  @Override
  public OpenSink open(Schema schema) throws IOException {
    writers(schema);
    AtomicFile file = AtomicFile.create(path);
    try {
      if (header) {
        file.write(ByteBuffer.wrap(headerLine(schema).getBytes(StandardCharsets.UTF_8)));
      }
      return new Open(this, schema, file);
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  private String headerLine(Schema schema) {
    List<String> names = schema.getFields().stream().map(Field::getName).toList();
    return String.join(
            delimiter, names.stream().map(n -> Quoting.quote(n, delimiter.charAt(0))).toList())
        + "\n";
  }

  private List<FieldWriter> writers(Schema schema) throws IOException {
    List<FieldWriter> writers = new java.util.ArrayList<>();
    for (Field field : schema.getFields()) {
      FieldWriter writer = FieldWriter.of(field, delimiter.charAt(0), nullToken);
      if (writer == null) {
        throw new IOException(
            String.format(
                "cannot write column '%s' of type %s as CSV; drop or cast it before, or write Arrow",
                field.getName(), Types.name(field.getType())));
      }
      writers.add(writer);
    }
    return writers;
  }

  /** Text on its way from a worker to the file. */
  record Text(ArrowBuf buffer, int length) implements Encoded {
    @Override
    public void close() {
      buffer.close();
    }
  }

  private record Open(CsvSink sink, Schema schema, AtomicFile file) implements OpenSink {
    @Override
    public Encoder encoder(KernelContext context) throws IOException {
      return new CsvEncoder(sink.writers(schema), sink.delimiter, sink.nullToken, context);
    }

    @Override
    public void commit(Encoded encoded, KernelContext context) throws Exception {
      Text text = (Text) encoded;
      context.blocking(() -> file.write(text.buffer().nioBuffer(0, text.length())));
    }

    @Override
    public void finish() throws IOException {
      file.finish();
    }

    @Override
    public long bytes() {
      return file.bytes();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
