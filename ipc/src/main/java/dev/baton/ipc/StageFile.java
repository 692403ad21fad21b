package dev.baton.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/** Where a worker is, in a mapped file that outlives it, and how far it has come. */
final class StageFile {
  private static final String NAME = "stage";
  private static final int SEQUENCE = 0;
  private static final int STAGE = 8;
  private static final int BYTES = 16;

  /** At no split. */
  static final Place NOWHERE = new Place(-1, 0);

  private final MappedByteBuffer buffer;
  private final AtomicLong steps = new AtomicLong();

  private StageFile(MappedByteBuffer buffer) {
    this.buffer = buffer;
    leave();
  }

  /**
   * Where a worker was last.
   *
   * @param sequence the split it was working on, or -1
   * @param stage 0 is the source
   */
  record Place(long sequence, int stage) {}

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

  /** Says that a split is about to be worked on. */
  void start(long sequence) {
    buffer.putInt(STAGE, 0);
    buffer.putLong(SEQUENCE, sequence);
    step();
  }

  /** Says that a stage is about to run; 0 is the source. */
  void enter(int stage) {
    buffer.putInt(STAGE, stage);
    step();
  }

  /** Says that no split is being worked on. */
  void leave() {
    buffer.putLong(SEQUENCE, -1);
    step();
  }

  private void step() {
    steps.lazySet(steps.get() + 1); // there is one writer
  }

  /** How often something was said here; may be asked by any thread. */
  long steps() {
    return steps.get();
  }

  /** Where the worker of this directory was last. */
  static Place last(Path directory) {
    try {
      byte[] bytes = Files.readAllBytes(directory.resolve(NAME));
      if (bytes.length == BYTES) {
        ByteBuffer read = ByteBuffer.wrap(bytes);
        return new Place(read.getLong(SEQUENCE), read.getInt(STAGE));
      }
    } catch (IOException e) {
      // It died before it was anywhere.
    }
    return NOWHERE;
  }
}
