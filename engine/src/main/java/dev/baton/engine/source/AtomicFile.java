package dev.baton.engine.source;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that appears under its name as a whole or not at all: it is written beside it as {@code
 * <name>.part-<random>}, or where its user wants it to stay when it does not become complete,
 * brought to disk and renamed. A file of that name is replaced. Confined to one thread at a time.
 *
 * <p>{@link #STANDARD} is the standard output of the process instead: what is written goes there at
 * once, and cannot be taken back.
 */
public final class AtomicFile implements WritableByteChannel {
  /** The path {@code -}: standard input of a source, standard output of a sink. */
  public static final Path STANDARD = Path.of("-");

  private final Path target;
  private final Path part;
  private final FileChannel channel;
  private final boolean stays;
  private long bytes;
  private boolean complete;
  private boolean finished;

  private AtomicFile(Path target, Path part, FileChannel channel, boolean stays) {
    this.stays = stays;
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
    if (target.equals(STANDARD)) {
      return new AtomicFile(
          target, null, new FileOutputStream(FileDescriptor.out).getChannel(), true);
    }
    Path folder = folder(target);
    String random = Long.toHexString(ThreadLocalRandom.current().nextLong() | 1L << 63);
    Path part = folder.resolve(target.getFileName() + ".part-" + random);
    return new AtomicFile(target, part, open(target, part, StandardOpenOption.CREATE_NEW), false);
  }

  /**
   * Goes on with a file of which {@code length} bytes are good; what is written stays in {@code
   * part} when it is closed unfinished.
   *
   * @throws IOException saying what stands in the way
   */
  public static AtomicFile resume(Path target, Path part, long length) throws IOException {
    if (target.equals(STANDARD)) {
      throw new IOException("what goes to standard output cannot be resumed; name a file");
    }
    folder(target);
    FileChannel channel = open(target, part, StandardOpenOption.CREATE);
    try {
      if (channel.size() < length) {
        throw new IOException(
            "cannot resume "
                + target
                + ": "
                + part
                + " is shorter than what was committed; remove its folder to begin anew");
      }
      channel.truncate(length).position(length);
      AtomicFile file = new AtomicFile(target, part, channel, true);
      file.bytes = length;
      return file;
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
  }

  private static Path folder(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (Files.isDirectory(target)) {
      throw new IOException("cannot write " + target + ": it is a folder; name a file");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException(
          "cannot write " + target + ": there is no folder " + folder + "; make it first");
    }
    return folder;
  }

  private static FileChannel open(Path target, Path part, StandardOpenOption how)
      throws IOException {
    try {
      return FileChannel.open(part, StandardOpenOption.WRITE, how);
    } catch (IOException e) {
      throw new IOException(
          "cannot write "
              + target
              + ": folder "
              + part.toAbsolutePath().getParent()
              + " takes no new file ("
              + e
              + ")",
          e);
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
    } catch (IOException e) {
      throw failed(e);
    }
    bytes += length;
    return length;
  }

  private IOException failed(IOException e) {
    return e instanceof ClosedChannelException
        ? e
        : new IOException("cannot write " + name() + ": " + e.getMessage(), e);
  }

  private String name() {
    return part == null ? "standard output" : target.toString();
  }

  /** Bytes written so far. */
  public long bytes() {
    return bytes;
  }

  /** Brings to disk what was written. */
  public void force() throws IOException {
    if (!complete) {
      force(false);
    }
  }

  /** A file system may tell only now that the disk is full or broken. */
  private void force(boolean metadata) throws IOException {
    try {
      channel.force(metadata);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Brings the file to disk, so that only its name is missing. Nothing is written after this. */
  public void complete() throws IOException {
    if (part != null && !complete) {
      force(true);
      channel.close();
    }
    complete = true;
  }

  /** Brings the file to disk and gives it its name. */
  public void finish() throws IOException {
    complete();
    if (part != null) {
      rename(part, target);
    }
    finished = true;
  }

  /**
   * Gives its name to a file that was {@link #complete}, if the process was killed before it had
   * it.
   *
   * @param part as for {@link #resume}
   */
  public static void finish(Path target, Path part) throws IOException {
    if (Files.exists(part)) {
      rename(part, target);
    } else if (!Files.exists(target)) {
      throw new IOException(
          "cannot resume "
              + target
              + ": it was complete, but is gone; remove the folder of the run to begin anew");
    }
  }

  private static void rename(Path part, Path target) throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IOException("cannot give " + part + " its name " + target + ": " + e, e);
    }
    forceFolder(target.toAbsolutePath().getParent());
  }

  /** Brings names to disk, where the system lets a folder be opened for it; not all do. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The file has its name, and some systems know no more of folders.
    }
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  /** Removes what was written, unless {@link #finish} has succeeded or it is to stay. */
  @Override
  public void close() throws IOException {
    if (part == null) {
      return;
    }
    channel.close();
    if (!finished && !stays) {
      Files.deleteIfExists(part);
    }
  }
}
