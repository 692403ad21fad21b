package dev.baton.operators.io.csv;

import dev.baton.operators.io.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file of records. Immutable. */
record CsvFile(InputFile input, byte delimiter) {
  Path path() {
    return input.path();
  }

  long size() {
    return input.size();
  }

  FileChannel channel() throws IOException {
    return input.channel();
  }

  void read(FileChannel channel, ByteBuffer target, long offset) throws IOException {
    input.read(channel, target, offset);
  }

  /** The line, from 1, of the byte at {@code offset}; reads the file up to there. */
  long line(long offset) throws IOException {
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

  /** Names the place in the file: {@code "birds.csv, line 17 (byte 1203)"}. */
  String place(long offset) throws IOException {
    return path() + ", line " + line(offset) + " (byte " + offset + ")";
  }
}
