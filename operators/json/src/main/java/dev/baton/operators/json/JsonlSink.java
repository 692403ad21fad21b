package dev.baton.operators.json;

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
import dev.baton.operators.io.fields.RowEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A file of JSON Lines, an object for each row, that appears under its name when all is written.
 *
 * <p>A name that ends in {@code .gz} or {@code .zst} makes a compressed file, of a gzip member or a
 * zstd frame for each batch, so that workers compress at the same time.
 *
 * <p>Each object has all columns in their order, a missing value as null. Floats are written so
 * that they read back as the same bits, those that JSON has no numbers for as the strings {@code
 * "NaN"}, {@code "Infinity"} and {@code "-Infinity"}; dates and timestamps as strings in ISO 8601;
 * lists as arrays. Columns of other types, such as binary, are an error when the sink is opened.
 *
 * @param path the file; one that exists is replaced
 * @param nested whether a dot in a column's name parts keys of nested objects: {@code user.city} is
 *     written as {@code {"user":{"city":…}}}. Columns of one object must follow each other
 */
public record JsonlSink(Path path, boolean nested) implements Sink {
  public JsonlSink {
    Objects.requireNonNull(path, "path");
  }

  /** Names of columns are keys as they are. */
  public JsonlSink(Path path) {
    this(path, false);
  }

  @Override
  public OpenSink open(Schema schema) throws IOException {
    check(schema);
    return TextOutput.open(path, new byte[0]);
  }

  @Override
  public OpenSink resume(Schema schema, Path part, byte[] state) throws IOException {
    check(schema);
    return TextOutput.resume(path, new byte[0], part, state);
  }

  @Override
  public void finish(Path part) throws IOException {
    AtomicFile.finish(path, part);
  }

  private void check(Schema schema) throws IOException {
    writers(schema);
    ObjectShape.between(names(schema), nested);
  }

  @Override
  public Encoder encoder(Schema schema, KernelContext context) throws IOException {
    List<String> between = ObjectShape.between(names(schema), nested);
    return PackedEncoder.of(
        path, new RowEncoder(writers(schema), between, "null", context), context);
  }

  @Override
  public Encoded receive(ArrowBuf bytes) {
    return TextBytes.received(bytes);
  }

  private static List<String> names(Schema schema) {
    return schema.getFields().stream().map(Field::getName).toList();
  }

  private static List<FieldWriter> writers(Schema schema) throws IOException {
    List<FieldWriter> writers = new ArrayList<>();
    for (Field field : schema.getFields()) {
      FieldWriter writer = JsonWriters.of(field);
      if (writer == null) {
        throw new IOException(
            String.format(
                "cannot write column '%s' of type %s as JSON; drop or cast it before, or write"
                    + " Arrow",
                field.getName(), Types.name(field.getType())));
      }
      writers.add(writer);
    }
    return writers;
  }
}
