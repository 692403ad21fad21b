package dev.baton.operators.io.csv;

import dev.baton.operators.io.InputFile;
import dev.baton.operators.io.PackedText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file of records. Immutable.
 *
 * @param packed whether it is compressed
 */
record CsvFile(InputFile input, byte delimiter, boolean packed) {
  Path path() {
    return input.path();
  }

  /** Unpacks what follows the header. */
  PackedText unpack(CsvHead head) throws IOException {
    PackedText text = PackedText.fields(input, delimiter);
    try {
      if (head.rows() > 0) {
        text.skip((int) head.rows());
      }
      return text;
    } catch (Throwable e) {
      text.close();
      throw e;
    }
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

  /** Names the place in the first line of an unpacked file. */
  String unpackedPlace(long offset) {
    return InputFile.place(path(), 1, offset);
  }

  /** Names the place in the file: {@code "birds.csv, line 17 (byte 1203)"}. */
  String place(long offset) throws IOException {
    return input.place(offset);
  }
}
