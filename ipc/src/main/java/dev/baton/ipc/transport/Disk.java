package dev.baton.ipc.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** What the transport asks of a file system; tests put a full one in its place. */
interface Disk {
  Set<StandardOpenOption> CREATE = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

  /** The bytes that a file in the directory may still grow by. */
  long usableBytes(Path directory) throws IOException;

  /** Creates a file, which must not exist, for writing. */
  WritableByteChannel create(Path file) throws IOException;

  /** Shared by all: only its duplicates move. */
  ByteBuffer ZEROS = ByteBuffer.allocateDirect(256 << 10).asReadOnlyBuffer();

  Disk REAL =
      new Disk() {
        @Override
        public long usableBytes(Path directory) throws IOException {
          return Files.getFileStore(directory).getUsableSpace();
        }

        @Override
        public WritableByteChannel create(Path file) throws IOException {
          return FileChannel.open(file, CREATE, OwnerOnly.file(file.getParent()));
        }
      };

  /** Fails unless the directory has room for so many bytes. */
  default void requireSpace(Path directory, long bytes) throws IOException {
    long usable = usableBytes(directory);
    if (usable < bytes) {
      throw noRoom(directory, bytes, usable, null);
    }
  }

  /**
   * Creates a file of zeros whose blocks exist. A mapped write into a hole of a full file system
   * would end the JVM with SIGBUS; written beforehand, lack of space is an exception, and nothing
   * is left behind.
   */
  default void createZeros(Path file, long bytes) throws IOException {
    requireSpace(file.getParent(), bytes);
    try (WritableByteChannel channel = create(file)) {
      ByteBuffer zeros = ZEROS.duplicate();
      for (long left = bytes; left > 0; ) {
        zeros.clear().limit((int) Math.min(left, zeros.capacity()));
        left -= channel.write(zeros);
      }
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw noRoom(file.getParent(), bytes, usableBytes(file.getParent()), e);
    }
  }

  private static IOException noRoom(Path directory, long bytes, long usable, IOException cause) {
    return new IOException(
        "the transport needs %d MiB in %s but only %d MiB are free%s; set baton.ipc.dir to a larger place or free space"
            .formatted(
                (bytes + (1 << 20) - 1) >> 20,
                directory,
                usable >> 20,
                cause == null ? "" : " (" + cause + ")"),
        cause);
  }
}
