package dev.baton.operators.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import dev.baton.engine.source.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of files of several members nothing is lost in silence, wherever they are cut or damaged. */
class PackedMembersTest {
  private static final byte[] PLAIN_HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 3};

  @TempDir Path folder;

  private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
  private final StringBuilder text = new StringBuilder();

  /** How much text there is before the places where one member ends and another may begin. */
  private final Map<Integer, Integer> ends = new TreeMap<>();

  private void add(String how, String some) throws IOException {
    try (OutputStream out =
        how.equals("gzip") ? new GZIPOutputStream(packed) : new ZstdOutputStream(packed)) {
      out.write(some.getBytes(StandardCharsets.UTF_8));
    }
    text.append(some);
    ends.put(packed.size(), text.length());
  }

  private void add(String how, int members, int lines) throws IOException {
    Random random = new Random(members);
    for (int i = 0; i < members; i++) {
      StringBuilder some = new StringBuilder();
      for (int line = 0; line < lines; line++) {
        some.append(random.nextLong()).append('\n');
      }
      add(how, some.toString());
    }
  }

  /** What is read of a file; null, and an error that names the file, when it is damaged. */
  private String read(byte[] bytes) throws IOException {
    Path path = Files.write(folder.resolve("p"), bytes);
    StringBuilder all = new StringBuilder();
    try (PackedText lines = PackedText.lines(InputFile.of(path))) {
      for (var block = lines.next(1 << 12); block != null; block = lines.next(1 << 12)) {
        all.append(StandardCharsets.UTF_8.decode(block.text().duplicate()));
      }
      return all.toString();
    } catch (SourceException e) {
      assertTrue(e.getMessage().startsWith(path + " is "), e.getMessage());
      return null;
    }
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void whatIsCutOffAnywhereButBetweenMembersIsAnError(String how) throws Exception {
    add(how, 5, 3);
    add(how, "");
    add(how, 1, 1);
    // From where it is seen that it is compressed.
    for (int length = how.equals("gzip") ? 2 : 4; length <= packed.size(); length++) {
      String read = read(Arrays.copyOf(packed.toByteArray(), length));
      if (ends.containsKey(length)) {
        assertEquals(text.substring(0, ends.get(length)), read);
      } else {
        assertNull(read, "cut off at " + length);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void theSameForMembersThatAreLargerThanBuffers(String how) throws Exception {
    add(how, 3, 30_000);
    Random random = new Random(7);
    byte[] all = packed.toByteArray();
    assertEquals(text.toString(), read(all));
    for (int end : ends.keySet()) {
      assertEquals(text.substring(0, ends.get(end)), read(Arrays.copyOf(all, end)));
      for (int trial = 0; trial < 8; trial++) {
        assertNull(read(Arrays.copyOf(all, end - 1 - (1 << trial) - random.nextInt(1 << trial))));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.gz", "t.zst"})
  void noDamageToWhatSinksWriteChangesItsText(String name) throws Exception {
    for (int i = 0; i < 4; i++) {
      byte[] some = ("line " + i + " of four\n").repeat(3).getBytes(StandardCharsets.UTF_8);
      packed.writeBytes(PackedEncoder.pack(Path.of(name), some));
      text.append(new String(some, StandardCharsets.UTF_8));
      ends.put(packed.size(), text.length());
    }
    byte[] all = packed.toByteArray();
    assertEquals(text.toString(), read(all));
    Random random = new Random(9);
    int unseen = 0;
    for (int at = 4; at < all.length; at++) {
      for (int trial = 0; trial < 8; trial++) {
        byte[] damaged = all.clone();
        damaged[at] ^= (byte) (trial < 7 ? 1 << trial : 1 + random.nextInt(255));
        String read = read(damaged);
        if (read != null) {
          assertEquals(text.toString(), read, "byte " + at);
          unseen++;
        }
      }
    }
    // Times, kinds of systems, that it is text, and what fills the last byte of the data.
    assertTrue(unseen <= ends.size() * (6 * 8 + 2 + 8), unseen + " were not seen");
  }

  @Test
  void zerosBehindGzipArePaddingAndAllElseIsAnError() throws Exception {
    add("gzip", 2, 3);
    byte[] all = packed.toByteArray();
    for (int zeros : new int[] {1, 9, 512, 200_000}) {
      assertEquals(text.toString(), read(join(all, new byte[zeros])));
      assertNull(read(join(all, new byte[zeros], new byte[] {7})));
      assertNull(read(join(all, new byte[zeros], all)));
    }
    assertNull(read(join(all, "text".getBytes(StandardCharsets.UTF_8))));
    assertNull(read(join(all, new byte[] {0x1F})));
    add("gzip", 1, 1);
    assertEquals(text.toString(), read(join(packed.toByteArray(), new byte[3])));
  }

  @Test
  void otherBytesBehindZstdAreAnError() throws Exception {
    add("zstd", 2, 3);
    byte[] all = packed.toByteArray();
    assertNull(read(join(all, new byte[1])));
    assertNull(read(join(all, "text".getBytes(StandardCharsets.UTF_8))));
    byte[] skippable = {0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 'a', 'b', 'c'};
    assertEquals(text.toString() + text, read(join(all, skippable, all, skippable)));
  }

  @Test
  void headersMayHaveAllThatTheFormatKnows() throws Exception {
    byte[] extra = new byte[300];
    Arrays.fill(extra, (byte) 'e');
    for (int flags = 0; flags < 32; flags++) {
      ByteArrayOutputStream header = new ByteArrayOutputStream();
      byte[] fixed = PLAIN_HEADER.clone();
      fixed[3] = (byte) flags;
      header.writeBytes(fixed);
      if ((flags & 4) != 0) {
        header.writeBytes(new byte[] {44, 1});
        header.writeBytes(extra);
      }
      for (int text : new int[] {8, 16}) {
        header.writeBytes((flags & text) != 0 ? new byte[] {'a', 'b', 0} : new byte[0]);
      }
      if ((flags & 2) != 0) {
        CRC32 sum = new CRC32();
        sum.update(header.toByteArray());
        header.write((int) sum.getValue());
        header.write((int) sum.getValue() >> 8);
      }
      byte[] member = join(header.toByteArray(), deflated("one\n"));
      assertEquals("one\none\n", read(join(member, member)), "flags " + flags);
      for (int cut = 1; cut < member.length; cut++) {
        assertNull(read(join(member, Arrays.copyOf(member, cut))), flags + ", cut at " + cut);
      }
    }
  }

  private static byte[] deflated(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(bytes);
    deflater.finish();
    byte[] made = new byte[100];
    int length = deflater.deflate(made);
    deflater.end();
    CRC32 sum = new CRC32();
    sum.update(bytes);
    byte[] trailer = new byte[8];
    for (int i = 0; i < 4; i++) {
      trailer[i] = (byte) (sum.getValue() >> 8 * i);
      trailer[4 + i] = (byte) (bytes.length >> 8 * i);
    }
    return join(Arrays.copyOf(made, length), trailer);
  }

  @Test
  void theErrorSaysWhere() throws Exception {
    add("gzip", 2, 3);
    int second = ends.keySet().iterator().next();
    byte[] damaged = packed.toByteArray();
    damaged[second] = 0x1E;
    Path path = Files.write(folder.resolve("p"), damaged);
    try (PackedText lines = PackedText.lines(InputFile.of(path))) {
      assertNotNull(lines.next(1));
      assertEquals(
          path
              + " is damaged: it cannot be unpacked (byte "
              + second
              + ": no gzip header where one must be)",
          assertThrows(SourceException.class, () -> lines.next(1 << 20)).getMessage());
    }
  }
}
