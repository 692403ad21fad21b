package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.AtomicFile;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.OpenSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * A Parquet file being written: pages are collected until a row group is full. One that can be
 * resumed keeps their pieces in a {@link PieceLog} too, so that an unfinished row group goes on as
 * it would have, and the same bytes are written.
 */
final class OpenParquetSink implements OpenSink {
  static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /** Whatever the rows: about so much of a row group is kept in memory. */
  private static final long MOST_GROUP_BYTES = 256 << 20;

  private final AtomicFile file;
  private final List<WrittenColumn> columns;
  private final Codec codec;
  private final int rowGroupRows;
  private final FooterWriter footer;
  private final List<ChunkWriter> chunks = new ArrayList<>();

  /** Null when it cannot be resumed. */
  private final PieceLog log;

  /** The last one, which by the next is on disk. */
  private PieceLog.Position position;

  /** For pieces of the log that no commit followed. */
  private BufferAllocator own;

  private long rows;

  OpenParquetSink(AtomicFile file, List<WrittenColumn> columns, Codec codec, int rowGroupRows)
      throws IOException {
    this(file, columns, codec, rowGroupRows, new FooterWriter(columns, codec), null);
    file.write(ByteBuffer.wrap(MAGIC));
  }

  private OpenParquetSink(
      AtomicFile file,
      List<WrittenColumn> columns,
      Codec codec,
      int rowGroupRows,
      FooterWriter footer,
      PieceLog log) {
    this.file = file;
    this.columns = columns;
    this.codec = codec;
    this.rowGroupRows = rowGroupRows;
    this.footer = footer;
    this.log = log;
  }

  /**
   * Starts or continues a file that can be resumed.
   *
   * @param state what {@link #checkpoint} gave, or null
   */
  static OpenParquetSink resume(
      ParquetSink sink, List<WrittenColumn> columns, Path part, byte[] state) throws IOException {
    FooterWriter footer = new FooterWriter(columns, sink.codec());
    long length = 0;
    PieceLog.Position position = PieceLog.Position.START;
    if (state != null) {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(state));
      length = in.readLong();
      position = new PieceLog.Position(in.readInt(), in.readLong());
      footer.restore(in);
    }
    AtomicFile file = AtomicFile.resume(sink.path(), part, length);
    try {
      if (length == 0) {
        file.write(ByteBuffer.wrap(MAGIC));
      }
      PieceLog log = new PieceLog(sink.path(), part, position);
      return new OpenParquetSink(file, columns, sink.codec(), sink.rowGroupRows(), footer, log);
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  /** Makes chunks, with what an earlier run has left of them. */
  private void begin(BufferAllocator allocator) throws IOException {
    for (WrittenColumn column : columns) {
      chunks.add(new ChunkWriter(column, codec, allocator));
    }
    if (log != null) {
      int[] column = {0};
      log.replay(
          allocator,
          piece -> {
            if (column[0] == 0) {
              rows += Memory.getInt(piece + Pieces.ROWS);
            }
            chunks.get(column[0]).add(piece);
            column[0] = (column[0] + 1) % chunks.size();
          });
    }
  }

  @Override
  public void commit(Encoded encoded, KernelContext context) throws Exception {
    if (chunks.isEmpty()) {
      begin(context.allocator());
    }
    Pieces pieces = (Pieces) encoded;
    long at = pieces.buffer().memoryAddress();
    long end = at + pieces.bytes();
    while (at < end) {
      int more = Memory.getInt(at + Pieces.ROWS);
      for (ChunkWriter chunk : chunks) {
        chunk.add(at);
        if (log != null) {
          log.add(pieces.buffer(), at);
        }
        at += Memory.getInt(at);
        context.checkpoint();
      }
      rows += more;
      if (rows >= rowGroupRows || collected() >= MOST_GROUP_BYTES) {
        finishChunks();
        context.blocking(
            () -> {
              writeGroup();
              return null;
            });
      }
    }
  }

  private long collected() {
    long bytes = 0;
    for (ChunkWriter chunk : chunks) {
      bytes += chunk.collected();
    }
    return bytes;
  }

  private void finishChunks() throws IOException {
    for (ChunkWriter chunk : chunks) {
      chunk.finish();
    }
  }

  private void writeGroup() throws IOException {
    footer.startGroup(rows, file.bytes());
    for (ChunkWriter chunk : chunks) {
      footer.chunk(chunk, file.bytes());
      write(chunk.dictionaryPage());
      write(chunk.pages());
      chunk.clear();
    }
    rows = 0;
    if (log != null) {
      log.next();
    }
  }

  /** The length of the file and of the unfinished row group's pieces, then the footer so far. */
  @Override
  public byte[] checkpoint() throws IOException {
    if (position != null) {
      log.forget(position);
    }
    file.force();
    position = log.checkpoint();
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(state);
    out.writeLong(file.bytes());
    out.writeInt(position.group());
    out.writeLong(position.bytes());
    footer.save(out);
    return state.toByteArray();
  }

  private void write(GrowingBuffer bytes) throws IOException {
    file.write(bytes.bytes(0, bytes.used()));
  }

  @Override
  public void complete() throws IOException {
    if (chunks.isEmpty() && log != null) {
      own = new RootAllocator();
      begin(own);
    }
    if (rows > 0) {
      finishChunks();
      writeGroup();
    }
    footer.write(file);
    file.write(ByteBuffer.wrap(MAGIC));
    file.complete();
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
    chunks.forEach(ChunkWriter::close);
    if (own != null) {
      own.close();
    }
    file.close();
    if (log != null) {
      log.close();
    }
  }
}
