package dev.baton.operators.parquet;

import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.AtomicFile;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Encoder;
import dev.baton.engine.source.OpenSink;
import dev.baton.engine.source.Sink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A Parquet file that appears under its name when all is written. Every column is optional, and
 * written with a dictionary where values repeat, else integers as differences and texts behind all
 * their lengths, with least and greatest values of row groups and pages (those of more than 128
 * bytes cut off, none of half floats), a page index and checksums. The same rows in the same
 * batches make the same bytes.
 *
 * <p>Time zones are written as UTC. Columns of lists and structs, of dates in milliseconds, times
 * and timestamps in seconds, and durations are an error when the sink is opened.
 *
 * @param path the file; one that exists is replaced
 * @param codec {@code snappy} (the default), {@code zstd}, {@code gzip}, {@code lz4} or {@code
 *     none}
 * @param rowGroupRows a row group ends with the page in which it reaches so many rows, 1 to 2^30
 */
public record ParquetSink(Path path, Codec codec, int rowGroupRows) implements Sink {
  public ParquetSink {
    Objects.requireNonNull(codec, "codec");
    if (rowGroupRows < 1 || rowGroupRows > 1 << 30) {
      throw new IllegalArgumentException(
          "rowGroupRows must be 1 to 1073741824 but was " + rowGroupRows);
    }
  }

  public ParquetSink(Path path) {
    this(path, Codec.SNAPPY, 128 * 1024);
  }

  @Override
  public OpenSink open(Schema schema) throws IOException {
    List<WrittenColumn> columns = WrittenColumn.of(schema);
    AtomicFile file = AtomicFile.create(path);
    try {
      return new OpenParquetSink(this, file, columns);
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  @Override
  public OpenSink resume(Schema schema, Path part, byte[] state) throws IOException {
    return OpenParquetSink.resume(this, WrittenColumn.of(schema), part, state);
  }

  @Override
  public void finish(Path part) throws IOException {
    AtomicFile.finish(path, part);
  }

  @Override
  public Encoder encoder(Schema schema, KernelContext context) throws IOException {
    return new ParquetEncoder(WrittenColumn.of(schema), codec, context);
  }

  @Override
  public Encoded receive(ArrowBuf bytes) {
    bytes.getReferenceManager().retain();
    return new Pieces(bytes, bytes.capacity());
  }
}
