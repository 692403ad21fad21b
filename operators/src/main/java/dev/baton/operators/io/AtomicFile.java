package dev.baton.operators.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that appears under its name as a whole or not at all: it is written beside it as {@code
 * <name>.part-<random>}, brought to disk and renamed. A file of that name is replaced. Confined to
 * one thread at a time.
 */
public final class AtomicFile implements WritableByteChannel {
  private final Path target;
  private final Path part;
  private final FileChannel channel;
  private long bytes;
  private boolean finished;

  private AtomicFile(Path target, Path part, FileChannel channel) {
    this.target = target;
    this.part = part;
    this.channel = channel;
  }

  /**
   * Starts a file.
   *
   * @throws IOException saying what stands in the way
   */
  public static AtomicFile create(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (Files.isDirectory(target)) {
      throw new IOException("cannot write " + target + ": it is a folder; name a file");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException(
          "cannot write " + target + ": there is no folder " + folder + "; make it first");
    }
    String random = Long.toHexString(ThreadLocalRandom.current().nextLong() | 1L << 63);
    Path part = folder.resolve(target.getFileName() + ".part-" + random);
    try {
      FileChannel channel =
          FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
      return new AtomicFile(target, part, channel);
    } catch (IOException e) {
      throw new IOException(
          "cannot write " + target + ": folder " + folder + " takes no new file (" + e + ")", e);
    }
  }

  /** Writes all that remains in {@code source}. */
  @Override
  public int write(ByteBuffer source) throws IOException {
    int length = source.remaining();
    try {
      while (source.hasRemaining()) {
        channel.write(source);
      }
    } catch (java.nio.channels.ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("cannot write " + target + ": " + e.getMessage(), e);
    }
    bytes += length;
    return length;
  }

  /** Bytes written so far. */
  public long bytes() {
    return bytes;
  }

  /** Brings the file to disk and gives it its name. */
  public void finish() throws IOException {
    channel.force(true);
    channel.close();
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("cannot give " + part + " its name " + target + ": " + e, e);
    }
    finished = true;
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  /** Removes what was written, unless {@link #finish} has succeeded. */
  @Override
  public void close() throws IOException {
    channel.close();
    if (!finished) {
      Files.deleteIfExists(part);
    }
  }
}
