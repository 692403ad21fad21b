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

/**
 * A Parquet file being written: pages are collected until a row group is full. One that can be
 * resumed keeps their pieces in a {@link PieceLog} too, so that an unfinished row group goes on as
 * it would have, and the same bytes are written.
 */
final class OpenParquetSink implements OpenSink {
  static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /** Whatever the rows: a row group ends when it has about so much. */
  static final long MOST_GROUP_BYTES = 256 << 20;

  private final AtomicFile file;
  private final List<WrittenColumn> columns;
  private final Codec codec;
  private final int rowGroupRows;
  private final FooterWriter footer;
  private final Path target;
  private final List<ChunkWriter> chunks = new ArrayList<>();
  private PageStore pages;
  private ChunkWriter.Scratch scratch;

  /** Null when it cannot be resumed. */
  private final PieceLog log;

  /** The last one, which by the next is on disk. */
  private PieceLog.Position position;

  private long rows;

  OpenParquetSink(ParquetSink sink, AtomicFile file, List<WrittenColumn> columns)
      throws IOException {
    this(sink, file, columns, new FooterWriter(columns, sink.codec()), null);
    file.write(ByteBuffer.wrap(MAGIC));
  }

  private OpenParquetSink(
      ParquetSink sink,
      AtomicFile file,
      List<WrittenColumn> columns,
      FooterWriter footer,
      PieceLog log) {
    this.target = sink.path();
    this.codec = sink.codec();
    this.rowGroupRows = sink.rowGroupRows();
    this.file = file;
    this.columns = columns;
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
      return new OpenParquetSink(sink, file, columns, footer, log);
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  /** Makes chunks, with what an earlier run has left of them. */
  @Override
  public void begin(KernelContext context) throws Exception {
    BufferAllocator allocator = context.allocator();
    pages = new PageStore(target, allocator);
    scratch = new ChunkWriter.Scratch(allocator);
    boolean wait = pages.most() / ChunkWriter.MOST_WAITING_BYTES / 2 >= columns.size();
    for (WrittenColumn column : columns) {
      chunks.add(new ChunkWriter(column, codec, pages, scratch, wait, allocator));
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
            makeRoom(context);
            column[0] = (column[0] + 1) % chunks.size();
          });
    }
  }

  private void makeRoom(KernelContext context) throws Exception {
    if (pages.isFull()) {
      context.blocking(
          () -> {
            pages.moveToFile();
            return null;
          });
    }
  }

  @Override
  public void commit(Encoded encoded, KernelContext context) throws Exception {
    Pieces pieces = (Pieces) encoded;
    long at = pieces.buffer().memoryAddress();
    long end = at + pieces.bytes();
    while (at < end) {
      int more = Memory.getInt(at + Pieces.ROWS);
      for (ChunkWriter chunk : chunks) {
        chunk.add(at);
        makeRoom(context);
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
      if (pages.isFull()) {
        pages.moveToFile();
      }
    }
  }

  private void writeGroup() throws IOException {
    pages.seal();
    footer.startGroup(rows, file.bytes());
    for (ChunkWriter chunk : chunks) {
      footer.chunk(chunk, file.bytes());
      chunk.write(file);
      chunk.clear();
    }
    pages.clear();
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

  @Override
  public void complete() throws IOException {
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
    if (scratch != null) {
      scratch.close();
    }
    if (pages != null) {
      pages.close();
    }
    file.close();
    if (log != null) {
      log.close();
    }
  }
}
