package dev.baton.operators.io.csv;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.AtomicFile;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Encoder;
import dev.baton.engine.source.OpenSink;
import dev.baton.engine.source.Sink;
import dev.baton.operators.io.PackedEncoder;
import dev.baton.operators.io.TextBytes;
import dev.baton.operators.io.TextOutput;
import dev.baton.operators.io.fields.FieldWriter;
import dev.baton.operators.io.fields.NullTokens;
import dev.baton.operators.io.fields.RowEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A CSV file (RFC 4180, UTF-8, lines ending in LF) that appears under its name when all is written.
 *
 * <p>A name that ends in {@code .gz} or {@code .zst} makes a compressed file, of a gzip member or a
 * zstd frame for each batch, so that workers compress at the same time.
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
    return TextOutput.open(path, head(schema));
  }

  @Override
  public OpenSink resume(Schema schema, Path part, byte[] state) throws IOException {
    return TextOutput.resume(path, head(schema), part, state);
  }

  @Override
  public void finish(Path part) throws IOException {
    AtomicFile.finish(path, part);
  }

  /** What the file starts with, when all columns can be written. */
  private byte[] head(Schema schema) throws IOException {
    writers(schema);
    return (header ? headerLine(schema) : "").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Encoder encoder(Schema schema, KernelContext context) throws IOException {
    List<FieldWriter> writers = writers(schema);
    List<String> between = new ArrayList<>(Collections.nCopies(writers.size(), delimiter));
    if (!writers.isEmpty()) {
      between.set(0, "");
    }
    between.add("\n");
    return PackedEncoder.of(path, new RowEncoder(writers, between, nullToken, context), context);
  }

  @Override
  public Encoded receive(ArrowBuf bytes) {
    return TextBytes.received(bytes);
  }

  private String headerLine(Schema schema) {
    List<String> names = schema.getFields().stream().map(Field::getName).toList();
    return String.join(
            delimiter, names.stream().map(n -> Quoting.quote(n, delimiter.charAt(0))).toList())
        + "\n";
  }

  private List<FieldWriter> writers(Schema schema) throws IOException {
    List<FieldWriter> writers = new ArrayList<>();
    for (Field field : schema.getFields()) {
      FieldWriter writer = writer(field);
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

  private FieldWriter writer(Field field) {
    return field.getType() instanceof ArrowType.Utf8
        ? new TextWriter(field.getName(), delimiter.charAt(0), nullToken)
        : FieldWriter.of(field);
  }
}
