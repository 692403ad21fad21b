package dev.baton.operators.io.idx;

import dev.baton.engine.batch.Types;
import dev.baton.engine.source.SourceException;
import dev.baton.operators.io.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * What an IDX file says about itself, checked against its size.
 *
 * <pre>
 * 00 00 | type (u8) | dimensions (u8) | size of each (i32) … | numbers, all big-endian
 * </pre>
 *
 * @param width bytes of a number
 * @param rows the first dimension
 * @param numbers how many of them make a row
 * @param start where they begin
 */
record IdxHeader(
    InputFile file, ArrowType type, int width, int dimensions, int rows, int numbers, int start) {
  private static final int MAGIC_BYTES = 4;
  private static final int MOST_DIMENSIONS = 16;
  private static final int MOST_ROW_BYTES = 256 << 20;

  static IdxHeader read(Path path) throws IOException {
    InputFile file = InputFile.of(path);
    try (FileChannel channel = file.channel()) {
      ByteBuffer magic = ByteBuffer.allocate(MAGIC_BYTES);
      if (file.size() < MAGIC_BYTES) {
        throw new SourceException(path + " is no IDX file: it has only " + file.size() + " bytes");
      }
      file.read(channel, magic, 0);
      if (magic.getShort(0) == (short) 0x1F8B) {
        throw new SourceException(path + " is compressed with gzip; unpack it first");
      }
      ArrowType type = magic.getShort(0) == 0 ? type(magic.get(2)) : null;
      int dimensions = magic.get(3) & 0xFF;
      if (type == null || dimensions == 0) {
        throw new SourceException(path + " is no IDX file");
      }
      int start = MAGIC_BYTES + 4 * dimensions;
      if (dimensions > MOST_DIMENSIONS || start > file.size()) {
        throw new SourceException(
            path + " claims " + dimensions + " dimensions; it is cut off or corrupt");
      }
      ByteBuffer sizes = ByteBuffer.allocate(4 * dimensions);
      file.read(channel, sizes, MAGIC_BYTES);
      List<Long> each = new ArrayList<>();
      for (int i = 0; i < dimensions; i++) {
        each.add(sizes.getInt(4 * i) & 0xFFFF_FFFFL);
      }
      return of(file, type, each, start);
    }
  }

  private static IdxHeader of(InputFile file, ArrowType type, List<Long> sizes, int start)
      throws SourceException {
    String shape = sizes.stream().map(String::valueOf).collect(Collectors.joining(" x "));
    int width = width(type);
    long row = width;
    for (long size : sizes.subList(1, sizes.size())) {
      if (size == 0 || size > MOST_ROW_BYTES / row) {
        throw new SourceException(
            file.path()
                + " claims "
                + shape
                + " numbers; a row of it must have 1 to "
                + MOST_ROW_BYTES
                + " bytes");
      }
      row *= size;
    }
    long rows = sizes.get(0);
    if (rows > Integer.MAX_VALUE || rows * row != file.size() - start) {
      throw new SourceException(
          String.format(
              "%s claims %s numbers of %d bytes, which are %d with the header, but has %d; it is cut"
                  + " off or corrupt",
              file.path(), shape, width, rows * row + start, file.size()));
    }
    return new IdxHeader(file, type, width, sizes.size(), (int) rows, (int) (row / width), start);
  }

  private static ArrowType type(byte code) {
    return switch (code) {
      case 0x08 -> new ArrowType.Int(8, false);
      case 0x09 -> Types.INT8;
      case 0x0B -> Types.INT16;
      case 0x0C -> Types.INT32;
      case 0x0D -> Types.FLOAT32;
      case 0x0E -> Types.FLOAT64;
      default -> null;
    };
  }

  private static int width(ArrowType type) {
    if (type instanceof ArrowType.Int integer) {
      return integer.getBitWidth() / 8;
    }
    return type.equals(Types.FLOAT32) ? 4 : 8;
  }

  long rowBytes() {
    return (long) numbers * width;
  }
}
