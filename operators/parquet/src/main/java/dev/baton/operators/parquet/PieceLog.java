package dev.baton.operators.parquet;

import dev.baton.engine.batch.Memory;
import dev.baton.engine.source.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Keeps the pieces of the unfinished row group on disk, beside the unfinished file, for a run that
 * may have to go on after it was killed. Each row group has a file of its own, which stays until a
 * later one was committed, so that what a position speaks of is there. Confined to one thread at a
 * time.
 */
final class PieceLog implements AutoCloseable {
  /**
   * Where a log stands.
   *
   * @param group the number of the unfinished row group
   * @param bytes of its pieces
   */
  record Position(int group, long bytes) {
    static final Position START = new Position(0, 0);
  }

  /** Takes one piece. */
  @FunctionalInterface
  interface Reader {
    void accept(long address) throws Exception;
  }

  private final Path target;
  private final Path part;
  private int group;
  private int committed;
  private AtomicFile file;

  /**
   * Goes on from a position; what was written later is forgotten.
   *
   * @param target the file that is written, for messages
   */
  PieceLog(Path target, Path part, Position position) throws IOException {
    this.target = target;
    this.part = part;
    this.group = position.group();
    this.committed = group;
    this.file = AtomicFile.resume(target, path(group), position.bytes());
  }

  private Path path(int number) {
    return part.resolveSibling(part.getFileName() + ".group-" + number);
  }

  /** Hands out the pieces that the log began with, in their order. */
  void replay(BufferAllocator allocator, Reader reader) throws Exception {
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(path(group), StandardOpenOption.READ)) {
      for (long at = 0; at < file.bytes(); ) {
        fill(channel, length.clear(), at);
        int bytes = length.getInt(0);
        try (ArrowBuf piece = allocator.buffer(bytes)) {
          fill(channel, piece.nioBuffer(0, bytes), at);
          reader.accept(piece.memoryAddress());
        }
        at += bytes;
      }
    }
  }

  private void fill(FileChannel channel, ByteBuffer to, long at) throws IOException {
    while (to.hasRemaining()) {
      int read = channel.read(to, at);
      if (read < 0) {
        throw new IOException("cannot resume " + target + ": " + path(group) + " is cut off");
      }
      at += read;
    }
  }

  /** Appends a piece. */
  void add(ArrowBuf buffer, long address) throws IOException {
    long at = address - buffer.memoryAddress();
    file.write(buffer.nioBuffer(at, Memory.getInt(address)));
  }

  /** Begins with the next row group, as the present one is written. */
  void next() throws IOException {
    file.close();
    group++;
    file = AtomicFile.resume(target, path(group), 0);
  }

  /** Brings the pieces to disk; the position before this one will not be gone back to. */
  Position checkpoint() throws IOException {
    file.force();
    return new Position(group, file.bytes());
  }

  /** Removes what no position speaks of any more. */
  void forget(Position kept) throws IOException {
    for (; committed < kept.group(); committed++) {
      Files.deleteIfExists(path(committed));
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
