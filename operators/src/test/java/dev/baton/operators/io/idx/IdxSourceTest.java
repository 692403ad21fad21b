package dev.baton.operators.io.idx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Types;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.io.Tables;
import dev.baton.operators.io.arrow.ArrowSink;
import dev.baton.operators.io.arrow.ArrowSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxSourceTest {
  @TempDir Path folder;

  private static ByteBuffer header(int type, int... sizes) {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
    bytes.putShort((short) 0).put((byte) type).put((byte) sizes.length);
    for (int size : sizes) {
      bytes.putInt(size);
    }
    return bytes;
  }

  private Path file(String name, ByteBuffer bytes) throws IOException {
    byte[] used = new byte[bytes.position()];
    bytes.flip().get(used);
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, used);
  }

  private Path images(String name, int rows) throws IOException {
    ByteBuffer bytes = header(8, rows, 3, 2);
    Random random = new Random(rows);
    for (int i = 0; i < 6 * rows; i++) {
      bytes.put((byte) random.nextInt());
    }
    return file(name, bytes);
  }

  @Test
  void labelsAreNumbers() throws Exception {
    ByteBuffer bytes = header(8, 5);
    bytes.put(new byte[] {0, 1, 127, (byte) 128, (byte) 255});
    Path file = file("labels", bytes);
    for (int splitBytes : new int[] {1, 2, 1000}) {
      Rows rows = Tables.read(new IdxSource(file, "label", splitBytes));
      assertEquals(new ArrowType.Int(8, false), rows.schema().findField("label").getType());
      assertEquals("[0, 1, 127, 128, 255]", rows.column("label").toString());
    }
    assertEquals(5, Tables.read(new IdxSource(file), List.of()).size());
  }

  @Test
  void everyTypeOfNumberIsRead() throws Exception {
    ByteBuffer int8 = header(9, 2);
    int8.put((byte) -3).put((byte) 4);
    ByteBuffer int16 = header(0x0B, 2);
    int16.putShort((short) -300).putShort((short) 400);
    ByteBuffer int32 = header(0x0C, 2);
    int32.putInt(-70_000).putInt(80_000);
    ByteBuffer float32 = header(0x0D, 2);
    float32.putFloat(-1.5f).putFloat(Float.NaN);
    ByteBuffer float64 = header(0x0E, 2);
    float64.putDouble(-1e300).putDouble(0.1);
    assertNumbers(int8, Types.INT8, "[-3, 4]");
    assertNumbers(int16, Types.INT16, "[-300, 400]");
    assertNumbers(int32, Types.INT32, "[-70000, 80000]");
    assertNumbers(float32, Types.FLOAT32, "[-1.5, NaN]");
    assertNumbers(float64, Types.FLOAT64, "[-1.0E300, 0.1]");
  }

  private void assertNumbers(ByteBuffer bytes, ArrowType type, String expected) throws Exception {
    Rows rows = Tables.read(new IdxSource(file("numbers", bytes)));
    assertEquals(type, rows.schema().findField("value").getType());
    assertEquals(expected, rows.column("value").toString());
  }

  @Test
  void imagesAreListsAndTheSameInEveryMode() throws Exception {
    Path file = images("d/1.idx", 700);
    images("d/2.idx", 0);
    images("d/3.idx", 300);
    IdxSource source = new IdxSource(folder.resolve("d"), "pixels", 500);
    try (OpenSource open = source.open()) {
      assertEquals(new ArrowType.FixedSizeList(6), open.schema().findField("pixels").getType());
      assertEquals(6000, open.bytes());
    }
    byte[] bytes = Files.readAllBytes(file);
    Object first = Tables.read(new IdxSource(file)).column("value").get(1);
    List<Integer> pixels = new ArrayList<>();
    ((List<?>) first).forEach(n -> pixels.add(((Number) n).intValue()));
    for (int i = 0; i < 6; i++) {
      assertEquals(bytes[16 + 6 + i] & 0xFF, pixels.get(i));
    }
    try (Engine engine = Engine.open()) {
      Object digest = engine.run(Pipeline.read(source), Variants.baseline()).digest();
      for (RunOptions options : Variants.all()) {
        assertEquals(digest, engine.run(Pipeline.read(source), options).digest());
      }
      Path arrow = folder.resolve("t.arrow");
      engine.run(Pipeline.read(source).write(new ArrowSink(arrow)));
      Pipeline again = Pipeline.read(new ArrowSource(arrow));
      assertEquals(digest, engine.run(again, Variants.baseline()).digest());
    }
  }

  @Test
  void headersThatLieAreErrors() throws Exception {
    Path file = images("images", 4);
    byte[] good = Files.readAllBytes(file);
    assertFails(
        " claims 4 x 3 x 2 numbers of 1 bytes, which are 40 with the header, but has 39; it is cut"
            + " off or corrupt",
        java.util.Arrays.copyOf(good, good.length - 1));
    assertFails(
        " claims 2147483647 x 3 x 2 numbers of 1 bytes, which are 12884901898 with the header, but"
            + " has 40; it is cut off or corrupt",
        with(good, 4, 0x7F, 0xFF, 0xFF, 0xFF));
    assertFails(
        " claims 4 x 4294967295 x 2 numbers; a row of it must have 1 to 268435456 bytes",
        with(good, 8, 0xFF, 0xFF, 0xFF, 0xFF));
    assertFails(
        " claims 4 x 0 x 2 numbers; a row of it must have 1 to 268435456 bytes",
        with(good, 8, 0, 0, 0, 0));
    assertFails(" claims 200 dimensions; it is cut off or corrupt", with(good, 3, 200));
    assertFails(" is no IDX file", with(good, 2, 7));
    assertFails(" is no IDX file", with(good, 3, 0));
    assertFails(" is no IDX file: it has only 3 bytes", new byte[3]);
    assertFails(" is compressed with gzip; unpack it first", with(good, 0, 0x1F, 0x8B));
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      byte[] changed = good.clone();
      changed[random.nextInt(16)] = (byte) random.nextInt();
      Files.write(file, changed);
      try {
        Tables.read(new IdxSource(file));
      } catch (SourceException e) {
        assertEquals(0, e.getMessage().indexOf(file.toString()), e.getMessage());
      }
    }
  }

  private static byte[] with(byte[] bytes, int at, int... values) {
    byte[] changed = bytes.clone();
    for (int i = 0; i < values.length; i++) {
      changed[at + i] = (byte) values[i];
    }
    return changed;
  }

  private void assertFails(String message, byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("t.idx"), bytes);
    SourceException e = assertThrows(SourceException.class, () -> new IdxSource(file).open());
    assertEquals(file + message, e.getMessage());
  }
}
