package dev.baton.operators.io;

import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.util.MemoryUtil;

/**
 * The records of a compressed file, or of a stream that may be compressed: unpacked and cut by the
 * thread that asks for splits, a split at a time, so that others can parse them meanwhile and no
 * more lies in memory than is under way. The splits hold their text and so stay in this process.
 * Confined to one thread.
 */
public final class PackedText implements AutoCloseable {
  private static final int MOST_RECORD_BYTES = 64 << 20;

  /** So much is unpacked at a time. */
  private static final int PIECE = 64 << 10;

  /**
   * Whole records.
   *
   * @param start where they start in the unpacked text
   * @param line the line in which they start, from 1
   * @param text direct memory, only to be read
   * @param bytes of the compressed file that were read for them
   */
  public record Block(long start, long line, ByteBuffer text, long bytes) implements Split {
    /** Where the text is. */
    public long address() {
      return MemoryUtil.getByteBufferAddress(text);
    }

    @Override
    public long heldBytes() {
      return text.capacity();
    }

    /** Bytes of text. */
    public int length() {
      return text.limit();
    }
  }

  private final InputFile file;

  /** Null for a stream that is not compressed. */
  private final Packing packing;

  private final RecordCutter cutter;

  /** Null for a stream. */
  private final FileChannel channel;

  /** Null for a file. */
  private final StreamedInput.Reader reader;

  private final ReadableByteChannel in;

  /** What is unpacked and in no block yet: up to its position. */
  private ByteBuffer pending = ByteBuffer.allocateDirect(256 * 1024);

  /** In which it counts; null for nowhere. */
  private BufferAllocator memory;

  /** Holds nothing, but takes as much from what {@link #memory} may give as is pending. */
  private BufferAllocator counted;

  private int passed;
  private long start;
  private long line = 1;
  private long packedBytes;
  private boolean ended;

  private PackedText(InputFile file, Packing packing, RecordCutter cutter) throws IOException {
    this.file = file;
    this.packing = packing;
    this.cutter = cutter;
    boolean streamed = file.stream() != null;
    this.channel = streamed ? null : file.channel();
    this.reader = streamed ? file.stream().open() : null;
    ReadableByteChannel raw = streamed ? reader : channel;
    this.in = packing == null ? raw : packing.open(file, raw);
  }

  /** Whether a file is to be read by this: it is compressed, or none but a stream. */
  public static boolean is(InputFile file) throws IOException {
    return file.stream() != null || Packing.of(file) != null;
  }

  /** Where the text of such a file starts: behind a UTF-8 byte order mark, if there is one. */
  public static int textStart(InputFile file) throws IOException {
    try (PackedText text = lines(file)) {
      Block first = text.next(1);
      return first == null ? 0 : InputFile.textStart(file.path(), first.text());
    }
  }

  /** Opens a file whose records are lines. */
  public static PackedText lines(InputFile file) throws IOException {
    return new PackedText(file, Packing.of(file), RecordCutter.ofLines());
  }

  /** Opens a file whose records have fields that may be quoted. */
  public static PackedText fields(InputFile file, byte delimiter) throws IOException {
    return new PackedText(file, Packing.of(file), RecordCutter.ofFields(delimiter));
  }

  /**
   * Counts what is unpacked and in no block yet in that memory, until this is closed.
   *
   * @param memory null for nowhere
   */
  public void within(BufferAllocator memory) throws SourceException {
    this.memory = memory;
    count(pending.capacity());
  }

  private void count(long bytes) throws SourceException {
    if (memory == null) {
      return;
    }
    countNothing();
    try {
      counted = memory.newChildAllocator("unpacking", bytes, bytes);
    } catch (OutOfMemoryException e) {
      throw new SourceException(
          file.path()
              + ", line "
              + line
              + ": the memory limit of the run has no room for the records from here on, "
              + bytes
              + " bytes as unpacked; raise it",
          e);
    }
  }

  private void countNothing() {
    if (counted != null) {
      counted.close();
      counted = null;
    }
  }

  /** Passes the first bytes: a byte order mark, or records up to the end of one. */
  public void skip(int bytes) throws IOException {
    while (pending.position() < bytes && !ended) {
      unpack();
    }
    cutter.skip(MemoryUtil.getByteBufferAddress(pending), bytes);
    pending.flip().position(bytes);
    pending.compact();
    start += bytes;
    line = 1 + cutter.lines();
  }

  /** The next records, at least {@code target} bytes while there are so many; null at the end. */
  public Block next(int target) throws IOException {
    if (start == 0 && passed == 0) {
      passByteOrderMark();
    }
    while (true) {
      int end =
          cutter.next(MemoryUtil.getByteBufferAddress(pending), passed, pending.position(), target);
      if (end >= 0) {
        return block(end);
      }
      passed = pending.position();
      if (ended) {
        return block(passed);
      }
      if (passed - (long) target > MOST_RECORD_BYTES) {
        throw new SourceException(
            file.path() + ", line " + line + ": no record ends within 64 MiB from here");
      }
      unpack();
    }
  }

  /** For the first field, which may be quoted, does not start before it. */
  private void passByteOrderMark() throws IOException {
    while (pending.position() < 3 && !ended) {
      unpack();
    }
    passed = InputFile.textStart(file.path(), pending.duplicate().flip());
  }

  private void unpack() throws IOException {
    if (pending.remaining() < PIECE) {
      count(2L * pending.capacity());
      ByteBuffer larger = ByteBuffer.allocateDirect(2 * pending.capacity());
      larger.put(pending.flip());
      pending = larger;
    }
    pending.limit(pending.position() + PIECE);
    try {
      ended = in.read(pending) < 0;
    } catch (IOException e) {
      checkUnchanged();
      throw packing != null
          ? packing.failed(file, e)
          : new SourceException("cannot read " + file.path() + ": " + e.getMessage(), e);
    }
    pending.limit(pending.capacity());
  }

  /** The first bytes of what is pending, of a file that is still what it was; null for none. */
  private Block block(int end) throws IOException {
    checkUnchanged();
    if (end == 0) {
      return null;
    }
    ByteBuffer text = ByteBuffer.allocateDirect(end);
    int length = pending.position();
    text.put(pending.duplicate().flip().limit(end)).flip();
    pending.limit(length).position(end);
    pending.compact();
    passed = 0;
    long read = channel == null ? 0 : channel.position();
    Block block = new Block(start, line, text, read - packedBytes);
    packedBytes = read;
    start += end;
    line = 1 + cutter.lines();
    return block;
  }

  private void checkUnchanged() throws IOException {
    if (channel != null && channel.isOpen()) {
      file.checkUnchanged(channel);
    }
  }

  /**
   * The splits of the rest, of about {@code target} bytes of text each; closes this at the end. Of
   * a stream this is the last reading.
   */
  public Iterator<Block> splits(int target) {
    if (reader != null) {
      reader.isLast();
    }
    return new Iterator<>() {
      private Block next;
      private boolean done;

      @Override
      public boolean hasNext() {
        try {
          if (next == null && !done) {
            next = PackedText.this.next(target);
            done = next == null;
            if (done) {
              close();
            }
          }
          return next != null;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public Block next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        Block block = next;
        next = null;
        return block;
      }
    };
  }

  @Override
  public void close() throws IOException {
    countNothing();
    in.close();
  }
}
