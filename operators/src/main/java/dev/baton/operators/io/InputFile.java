package dev.baton.operators.io;

import dev.baton.engine.source.SourceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file to read, as it was when it was opened. Immutable. */
public record InputFile(Path path, long size) {
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
      return new InputFile(path, channel.size());
    } catch (NoSuchFileException e) {
      throw new SourceException(
          "there is no file " + path + " (looked in " + path.toAbsolutePath().getParent() + ")", e);
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
    return channel;
  }

  /** Fills {@code target} with the bytes from {@code offset}. */
  public void read(FileChannel channel, ByteBuffer target, long offset) throws IOException {
    if (channel.size() != size) {
      throw changed(channel.size());
    }
    while (target.hasRemaining()) {
      int read = channel.read(target, offset);
      if (read < 0) {
        throw changed(channel.size());
      }
      offset += read;
    }
  }

  private SourceException changed(long now) {
    return new SourceException(
        String.format(
            "%s changed from %d to %d bytes while it was read; read it when nothing writes to it",
            path, size, now));
  }
}
