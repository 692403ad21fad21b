package dev.baton.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where a worker is, in a mapped file that outlives it: the stage it is in. */
final class StageFile {
  private static final String NAME = "stage";
  private static final int BYTES = 4;

  private final MappedByteBuffer buffer;

  private StageFile(MappedByteBuffer buffer) {
    this.buffer = buffer;
  }

  /** The worker's end. */
  static StageFile open(Path directory) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            directory.resolve(NAME),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      // Written first, so that a full disk is an exception here and no crash later.
      channel.write(ByteBuffer.allocate(BYTES));
      return new StageFile(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
    }
  }

  /** Says that a stage is about to run; 0 is the source, -1 none. */
  void enter(int stage) {
    buffer.putInt(0, stage);
  }

  /** The stage that the worker of this directory was in last, or -1. */
  static int last(Path directory) {
    try {
      byte[] bytes = Files.readAllBytes(directory.resolve(NAME));
      return bytes.length < BYTES ? -1 : ByteBuffer.wrap(bytes).getInt();
    } catch (IOException e) {
      return -1;
    }
  }
}
