package dev.baton.operators.io.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import dev.baton.engine.testkit.FakeContext;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.io.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that are cut off, scribbled over or something else: an error, never a crash or a leak. */
class HostileArrowTest {
  @TempDir Path folder;

  private static Schema schema() {
    List<Field> fields = new ArrayList<>();
    for (String name : Types.names()) {
      fields.add(Types.field(name, Types.parse(name)));
    }
    fields.add(Types.listField("numbers", Types.FLOAT64));
    fields.add(Types.listField("words", Types.UTF8));
    return new Schema(fields);
  }

  private byte[] sample(ArrowSink.Format format) throws Exception {
    Rows table = RandomRows.of(schema(), 200, 8, RandomRows.Mix.ALL);
    Path file = folder.resolve("whole.arrow");
    Tables.write(new ArrowSink(file, format), table.slice(0, 50), table.slice(50, 200));
    return Files.readAllBytes(file);
  }

  @ParameterizedTest
  @EnumSource(ArrowSink.Format.class)
  void bytesChangedAtRandomNeverCrashOrLeak(ArrowSink.Format format) throws Exception {
    byte[] whole = sample(format);
    Random random = new Random(12);
    int errors = 0;
    for (int trial = 0; trial < 3000; trial++) {
      byte[] changed = whole.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        int at = random.nextInt(changed.length);
        switch (random.nextInt(4)) {
          case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
          case 1 -> changed[at] = (byte) random.nextInt();
          case 2 -> changed[at] = -1;
          default -> {
            for (int j = 0; j < 8 && at + j < changed.length; j++) {
              changed[at + j] = j == 7 ? 127 : (byte) -1;
            }
          }
        }
      }
      errors += survives(changed) ? 0 : 1;
    }
    assertTrue(errors > 100, "only " + errors + " errors were found");
  }

  @ParameterizedTest
  @EnumSource(ArrowSink.Format.class)
  void everyCutOfAFileIsAnErrorOrAShorterStream(ArrowSink.Format format) throws Exception {
    byte[] whole = sample(format);
    for (int length = 0; length < whole.length; length += length < 3000 ? 1 : 37) {
      boolean read = survives(Arrays.copyOf(whole, length));
      assertTrue(!read || format == ArrowSink.Format.STREAM, length + " bytes");
    }
  }

  /** Whether the bytes can be read; touches every value, so that a wild offset would show. */
  private boolean survives(byte[] bytes) throws Exception {
    Path file = Files.write(folder.resolve("t.arrow"), bytes);
    try (RootAllocator allocator = new RootAllocator(64 << 20);
        OpenSource open = new ArrowSource(file, 64).open()) {
      List<String> names = open.schema().getFields().stream().map(Field::getName).toList();
      try (Decoder decoder = open.decoder(names, new FakeContext(allocator))) {
        for (Iterator<? extends Split> splits = open.splits(); splits.hasNext(); ) {
          decoder.start(splits.next());
          try (Batch batch = decoder.next()) {
            for (int column = 0; column < batch.width(); column++) {
              for (int row = 0; row < batch.rows(); row++) {
                Object unused = batch.column(column).getObject(row);
              }
            }
          }
        }
      }
      return true;
    } catch (SourceException e) {
      assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
      return false;
    } catch (OutOfMemoryException e) {
      throw new AssertionError("believed a length", e);
    }
  }

  @Test
  void filesOfOtherKindsAreNamed() throws Exception {
    assertMessage(" is a Parquet file, not Arrow IPC", "PAR1....PAR1");
    assertMessage(" is a Feather file of version 1, not Arrow IPC", "FEA1....FEA1");
    assertMessage(
        " has no footer: it is cut off, or was not written to its end", "ARROW1\0\0 and more text");
    Path missing = folder.resolve("missing.arrow");
    assertEquals(
        "there is no file " + missing + " (looked in " + folder + ")",
        assertThrows(SourceException.class, () -> new ArrowSource(missing).open()).getMessage());
    for (String text : List.of("", "a,b\n1,2\n", "\0\0\0\0", "x")) {
      assertMessage(" is neither an Arrow file nor an Arrow stream", text);
    }
  }

  @Test
  void aStreamThatIsCutOffSaysWhere() throws Exception {
    byte[] whole = sample(ArrowSink.Format.STREAM);
    Path file =
        Files.write(folder.resolve("t.arrow"), Arrays.copyOf(whole, whole.length - 100));
    SourceException e =
        assertThrows(SourceException.class, () -> Tables.read(new ArrowSource(file)));
    String message = e.getMessage();
    assertTrue(
        message.matches(
            ".*t.arrow, Arrow message at byte \\d+: its body claims \\d+ bytes where \\d+ are left;"
                + " the file is cut off or corrupt"),
        message);
  }

  private void assertMessage(String message, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("t.arrow"), text);
    SourceException e =
        assertThrows(SourceException.class, () -> new ArrowSource(file).open());
    assertEquals(file + message, e.getMessage());
  }
}
