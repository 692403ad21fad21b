package dev.baton.fuzz;

import dev.baton.operators.io.idx.IdxSource;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** IDX files, whose header says how much follows, in one split and in many. */
final class IdxTarget implements Target {
  private static final int[] TYPES = {0x08, 0x09, 0x0B, 0x0C, 0x0D, 0x0E};
  private static final int[] WIDTHS = {1, 1, 2, 4, 4, 8};

  private final Path file = Reading.file(".idx");

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int i = 0; i < TYPES.length; i++) {
      seeds.add(seed(TYPES[i], WIDTHS[i], 5));
      seeds.add(seed(TYPES[i], WIDTHS[i], 3, 2, 2));
    }
    return seeds;
  }

  private static byte[] seed(int type, int width, int... sizes) {
    int values = 1;
    for (int size : sizes) {
      values *= size;
    }
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * sizes.length + values * width);
    bytes.put(new byte[] {0, 0, (byte) type, (byte) sizes.length});
    for (int size : sizes) {
      bytes.putInt(size);
    }
    while (bytes.hasRemaining()) {
      bytes.put((byte) bytes.position());
    }
    return bytes.array();
  }

  @Override
  public int briefly() {
    return 5000;
  }

  @Override
  public void accept(byte[] input) throws Exception {
    Files.write(file, input);
    Reading.of(new IdxSource(file), file)
        .mustEqual(Reading.of(new IdxSource(file, "value", 7), file), "one split and many");
  }
}
