package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.AtomicFile;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.OpenSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A Parquet file being written: pages are collected until a row group is full. */
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
  private long rows;

  OpenParquetSink(AtomicFile file, List<WrittenColumn> columns, Codec codec, int rowGroupRows)
      throws IOException {
    this.file = file;
    this.columns = columns;
    this.codec = codec;
    this.rowGroupRows = rowGroupRows;
    this.footer = new FooterWriter(columns, codec);
    file.write(ByteBuffer.wrap(MAGIC));
  }

  @Override
  public void commit(Encoded encoded, KernelContext context) throws Exception {
    if (chunks.isEmpty()) {
      for (WrittenColumn column : columns) {
        chunks.add(new ChunkWriter(column, codec, context.allocator()));
      }
    }
    Pieces pieces = (Pieces) encoded;
    long at = pieces.buffer().memoryAddress();
    long end = at + pieces.bytes();
    while (at < end) {
      int more = Memory.getInt(at + Pieces.ROWS);
      for (ChunkWriter chunk : chunks) {
        chunk.add(at);
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
      bytes += chunk.pages().used();
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
  }

  private void write(GrowingBuffer bytes) throws IOException {
    file.write(bytes.buffer().nioBuffer(0, bytes.used()));
  }

  @Override
  public void finish() throws IOException {
    if (rows > 0) {
      finishChunks();
      writeGroup();
    }
    footer.write(file);
    file.write(ByteBuffer.wrap(MAGIC));
    file.finish();
  }

  @Override
  public long bytes() {
    return file.bytes();
  }

  @Override
  public void close() throws IOException {
    chunks.forEach(ChunkWriter::close);
    file.close();
  }
}
