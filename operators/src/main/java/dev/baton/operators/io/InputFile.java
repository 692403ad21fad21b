package dev.baton.operators.io;

import dev.baton.engine.source.SourceException;
import dev.baton.operators.io.files.Nearest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;

/**
 * A file to read, as it was when it was opened. Immutable.
 *
 * @param stream what is read instead; null for a file. It has no size, and is read like a
 *     compressed file: by {@link PackedText} only
 */
public record InputFile(Path path, long size, FileTime modified, StreamedInput stream) {
  /** What comes through a stream. */
  public static InputFile of(StreamedInput stream) {
    return new InputFile(Path.of(stream.name()), -1, FileTime.fromMillis(0), stream);
  }

  /**
   * Looks at a file.
   *
   * @throws SourceException when there is none, or it cannot be read
   */
  public static InputFile of(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new SourceException(path + " is a folder; name one file");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return new InputFile(path, channel.size(), Files.getLastModifiedTime(path), null);
    } catch (NoSuchFileException e) {
      throw new SourceException(
          "there is no file "
              + path
              + " (looked in "
              + path.toAbsolutePath().getParent()
              + ")"
              + Nearest.hint(path),
          e);
    } catch (AccessDeniedException e) {
      throw new SourceException(
          "cannot read " + path + ": this user may not; change its permissions", e);
    } catch (IOException e) {
      throw new SourceException("cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  /** Each reader has a channel of its own: interrupting a thread closes the channel it reads. */
  public FileChannel channel() throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    if (channel.size() != size) {
      long now = channel.size();
      channel.close();
      throw changed(now);
    }
    try {
      checkTime();
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
    return channel;
  }

  /** Fails when the file is not what it was when it was opened. */
  public void checkUnchanged(FileChannel channel) throws IOException {
    if (channel.size() != size) {
      throw changed(channel.size());
    }
    checkTime();
  }

  /** Fills {@code target} with the bytes from {@code offset}. */
  public void read(FileChannel channel, ByteBuffer target, long offset) throws IOException {
    checkUnchanged(channel);
    while (target.hasRemaining()) {
      int read = channel.read(target, offset);
      if (read < 0) {
        throw changed(channel.size());
      }
      offset += read;
    }
  }

  /** What is another one when something has written to the file; empty for a stream. */
  public String version() {
    return stream != null ? "" : size + " bytes of " + modified;
  }

  /**
   * Where the text of a file begins: behind a UTF-8 byte order mark, if there is one.
   *
   * @throws SourceException for what is plainly no UTF-8 text
   */
  public long textStart() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(3, size));
    try (FileChannel channel = channel()) {
      read(channel, bytes, 0);
    }
    return textStart(path, bytes.flip());
  }

  /**
   * The same for the start of a text.
   *
   * @param start the first bytes, three if there are so many
   */
  public static int textStart(Path path, ByteBuffer start) throws SourceException {
    int first = start.limit() < 2 ? 0 : (start.get(0) & 0xFF) << 8 | start.get(1) & 0xFF;
    if (first == 0xFFFE || first == 0xFEFF) {
      throw new SourceException(path + " is UTF-16; convert it to UTF-8");
    }
    return start.limit() >= 3 && first == 0xEFBB && start.get(2) == (byte) 0xBF ? 3 : 0;
  }

  /**
   * Names the place in a text file: {@code "birds.csv, line 17 (byte 1203)"}; reads up to there.
   */
  public String place(long offset) throws IOException {
    return place(path, line(offset), offset);
  }

  /** Names a place of which the line is known. */
  public static String place(Path path, long line, long offset) {
    return path + ", line " + line + " (byte " + offset + ")";
  }

  private long line(long offset) throws IOException {
    long line = 1;
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    try (FileChannel channel = channel()) {
      for (long at = 0; at < offset; at += buffer.limit()) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), offset - at));
        read(channel, buffer, at);
        for (int i = 0; i < buffer.limit(); i++) {
          line += buffer.get(i) == '\n' ? 1 : 0;
        }
      }
    }
    return line;
  }

  /** Another size is told by its channel; this tells of what was overwritten. */
  private void checkTime() throws IOException {
    if (!Files.getLastModifiedTime(path).equals(modified)) {
      throw new SourceException(
          path + " was written to while it was read; read it when nothing writes to it");
    }
  }

  private SourceException changed(long now) {
    return new SourceException(
        String.format(
            "%s changed from %d to %d bytes while it was read; read it when nothing writes to it",
            path, size, now));
  }
}
