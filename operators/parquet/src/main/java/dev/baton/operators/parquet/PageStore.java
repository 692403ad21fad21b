package dev.baton.operators.parquet;

import dev.baton.engine.source.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Keeps the pages of the unfinished row group in the order in which they are made, until they can
 * be written in that of the file, where all of a column lie together. They are in memory while a
 * small part of what there is suffices, and from then on in a file beside the output, which has no
 * name and so goes with the process: what is written is the same. Confined to one thread at a time.
 */
final class PageStore implements AutoCloseable {
  /** More than a row group, so that without a memory limit it is never asked for a file. */
  private static final long MOST_BYTES = OpenParquetSink.MOST_GROUP_BYTES * 5 / 4;

  /** Of the memory there is; workers need the rest. */
  private static final int PART = 16;

  private static final int FIRST_BYTES = 1 << 20;

  private final Path target;
  private final long most;
  private final GrowingBuffer memory;

  /** Null until it is needed. */
  private FileChannel file;

  /** Bytes of the present row group in the file; those in memory follow them. */
  private long filed;

  /**
   * @param target the file that is written
   */
  PageStore(Path target, BufferAllocator allocator) {
    this.target = target;
    long part = allocator.getHeadroom() / PART;
    this.most = Math.min(MOST_BYTES, part);
    // Where memory is limited all of it is taken before workers take the rest: it may be filled,
    // and another page added.
    this.memory = new GrowingBuffer(allocator, part < MOST_BYTES ? 2 * most : FIRST_BYTES);
  }

  /** How many bytes of pages are kept in memory. */
  long most() {
    return most;
  }

  /** The place of what is appended next. */
  long end() {
    return filed + memory.used();
  }

  /** Appends bytes of the heap. */
  void append(byte[] bytes) throws CorruptException {
    memory.append(bytes);
  }

  /** Appends bytes from elsewhere. */
  void append(long source, long bytes) throws CorruptException {
    memory.append(source, bytes);
  }

  /** Whether the pages in memory have to be moved to the file. */
  boolean isFull() {
    return memory.used() > most;
  }

  /** Moves all pages to the file. */
  void moveToFile() throws IOException {
    try {
      if (file == null) {
        file = open();
      }
      for (ByteBuffer pages = memory.bytes(0, memory.used()); pages.hasRemaining(); ) {
        filed += file.write(pages, filed);
      }
    } catch (IOException e) {
      throw new IOException(
          "cannot write "
              + target
              + ": the memory limit makes it keep pages of unfinished row groups on disk: "
              + e.getMessage(),
          e);
    }
    memory.clear();
  }

  private FileChannel open() throws IOException {
    Path folder =
        target.equals(AtomicFile.STANDARD)
            ? Path.of(System.getProperty("java.io.tmpdir"))
            : target.toAbsolutePath().getParent();
    String random = Long.toHexString(ThreadLocalRandom.current().nextLong() | 1L << 63);
    return FileChannel.open(
        folder.resolve(target.getFileName() + ".pages-" + random),
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** No page will be added to the row group. */
  void seal() throws IOException {
    if (filed > 0) {
      moveToFile();
    }
  }

  /** Writes a page to the output. */
  void write(long place, int bytes, AtomicFile output) throws IOException {
    if (filed == 0) {
      output.write(memory.bytes((int) place, bytes));
      return;
    }
    memory.clear();
    memory.room(bytes);
    ByteBuffer page = memory.bytes(0, bytes);
    while (page.hasRemaining()) {
      if (file.read(page, place + page.position()) < 0) {
        throw new IOException("cannot write " + target + ": its pages on disk are cut off");
      }
    }
    output.write(page.flip());
  }

  /** Starts on the next row group. */
  void clear() {
    memory.clear();
    filed = 0;
  }

  @Override
  public void close() throws IOException {
    memory.close();
    if (file != null) {
      file.close();
    }
  }
}
