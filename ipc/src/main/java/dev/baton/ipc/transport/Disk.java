package dev.baton.ipc.transport;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the transport asks of a file system; tests put a full one in its place. */
interface Disk {
  /** The bytes that a file in the directory may still grow by. */
  long usableBytes(Path directory) throws IOException;

  /** Creates a file, which must not exist, for writing. */
  OutputStream create(Path file) throws IOException;

  Disk REAL =
      new Disk() {
        @Override
        public long usableBytes(Path directory) throws IOException {
          return Files.getFileStore(directory).getUsableSpace();
        }

        @Override
        public OutputStream create(Path file) throws IOException {
          Files.createFile(file, OwnerOnly.file(file.getParent()));
          // Not a FileChannel: an interrupt would close it, and a slot could not be given back.
          return new FileOutputStream(file.toFile());
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
    byte[] zeros = new byte[(int) Math.min(bytes, 1 << 16)];
    try (OutputStream out = create(file)) {
      for (long left = bytes; left > 0; left -= zeros.length) {
        out.write(zeros, 0, (int) Math.min(left, zeros.length));
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
                cause == null ? "" : " (" + cause.getMessage() + ")"),
        cause);
  }
}
