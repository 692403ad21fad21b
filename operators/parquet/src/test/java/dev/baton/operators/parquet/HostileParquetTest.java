package dev.baton.operators.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import dev.baton.engine.testkit.FakeContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are cut off, damaged or made to do harm: a clear error or some rows, and no leak. */
class HostileParquetTest {
  private static final int DAMAGED = 60;

  @TempDir Path folder;

  static List<Path> files() throws Exception {
    return ForeignParquetTest.files();
  }

  @Test
  void filesThatAreNotParquetSaySo() throws Exception {
    Path file = folder.resolve("t.parquet");
    Files.writeString(file, "a,b\n1,2\n");
    assertEquals(file + " is no Parquet file", refusal(file));
    Files.write(file, new byte[0]);
    assertEquals(file + " is no Parquet file", refusal(file));
    Files.writeString(file, "PARE....PARE");
    assertEquals(file + " is encrypted Parquet, which is not supported", refusal(file));
    Files.writeString(file, "PAR1");
    assertEquals(
        file + " has no footer: it is cut off, or was not written to its end", refusal(file));
    Files.write(file, new byte[] {'P', 'A', 'R', '1', -1, -1, -1, 127, 'P', 'A', 'R', '1'});
    assertEquals(file + ": its footer claims 2147483647 bytes; it is corrupt", refusal(file));
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileThatIsCutOffIsRefused(Path whole) throws Exception {
    byte[] bytes = Files.readAllBytes(whole);
    Path file = folder.resolve("t.parquet");
    for (int length = 12; length < bytes.length; length += bytes.length / 7) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertTrue(refusal(file).contains("has no footer"), refusal(file));
    }
  }

  @Test
  void aDamagedPageIsFoundByItsChecksum() throws Exception {
    byte[] bytes = Files.readAllBytes(ForeignParquetTest.file("everything-small-pages.parquet"));
    bytes[60] ^= 1;
    Path file = folder.resolve("t.parquet");
    Files.write(file, bytes);
    assertEquals(
        file
            + ", row group 0, column 'bool': a page does not have its checksum; the file is damaged",
        refusal(file));
  }

  @Test
  void aFileThatIsWrittenToWhileItIsReadIsNamed() throws Exception {
    byte[] bytes = Files.readAllBytes(ForeignParquetTest.file("everything-small-pages.parquet"));
    Path file = Files.write(folder.resolve("t.parquet"), bytes);
    try (RootAllocator allocator = new RootAllocator();
        OpenSource open = new ParquetSource(file).open()) {
      Iterator<? extends Split> splits = open.splits();
      try (Decoder decoder = open.decoder(List.of("bool"), new FakeContext(allocator))) {
        decoder.start(splits.next());
        decoder.next().close();
        Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
        decoder.start(splits.next());
        assertEquals(
            String.format(
                "%s changed from %d to %d bytes while it was read; read it when nothing writes to"
                    + " it",
                file, bytes.length, bytes.length + 1),
            assertThrows(SourceException.class, decoder::next).getMessage());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void aDamagedFileIsRefusedOrReadAndNeverWorse(Path whole) throws Exception {
    byte[] bytes = Files.readAllBytes(whole);
    Path file = folder.resolve("t.parquet");
    SplittableRandom random = new SplittableRandom(whole.getFileName().hashCode());
    for (int i = 0; i < DAMAGED; i++) {
      byte[] damaged = bytes.clone();
      // Pages, or the footer behind them.
      int from = i % 2 == 0 ? 4 : Math.max(4, bytes.length - 4000);
      for (int j = 0; j <= i % 5; j++) {
        int at = from + random.nextInt(bytes.length - 8 - from);
        damaged[at] = (byte) (i % 3 == 0 ? 0xFF : random.nextInt(256));
      }
      Files.write(file, damaged);
      try {
        Digests.of(new ParquetSource(file, 1 << 16));
      } catch (SourceException e) {
        assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
      }
    }
  }

  private static String refusal(Path file) {
    return assertThrows(SourceException.class, () -> Digests.of(new ParquetSource(file)))
        .getMessage();
  }
}
