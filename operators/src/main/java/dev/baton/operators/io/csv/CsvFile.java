package dev.baton.operators.io.csv;

import dev.baton.engine.source.SourceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file as it was when it was opened. Immutable. */
record CsvFile(Path path, long size, byte delimiter) {
  static CsvFile of(Path path, byte delimiter) throws IOException {
    if (Files.isDirectory(path)) {
      throw new SourceException(path + " is a folder; name one CSV file");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return new CsvFile(path, channel.size(), delimiter);
    } catch (NoSuchFileException e) {
      throw new SourceException(
          "there is no file " + path + " (looked in " + path.toAbsolutePath().getParent() + ")", e);
    } catch (IOException e) {
      throw new SourceException("cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  /** Each reader has a channel of its own: interrupting a thread closes the channel it reads. */
  FileChannel channel() throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    if (channel.size() != size) {
      long now = channel.size();
      channel.close();
      throw changed(now);
    }
    return channel;
  }

  /** Fills {@code target} with the bytes from {@code offset}. */
  void read(FileChannel channel, ByteBuffer target, long offset) throws IOException {
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

  /** The line, from 1, of the byte at {@code offset}; reads the file up to there. */
  long line(long offset) throws IOException {
    long line = 1;
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
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

  /** Names the place in the file: {@code "birds.csv, line 17 (byte 1203)"}. */
  String place(long offset) throws IOException {
    return path + ", line " + line(offset) + " (byte " + offset + ")";
  }

  private SourceException changed(long now) {
    return new SourceException(
        String.format(
            "%s changed from %d to %d bytes while it was read; read it when nothing writes to it",
            path, size, now));
  }
}
