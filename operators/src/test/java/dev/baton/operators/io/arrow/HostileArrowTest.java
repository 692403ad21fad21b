package dev.baton.operators.io.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Types;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.io.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    Scribble.overAndOver(sample(format), 800, folder.resolve("t.arrow"));
  }

  @ParameterizedTest
  @EnumSource(ArrowSink.Format.class)
  void everyCutOfAFileIsAnErrorOrAShorterStream(ArrowSink.Format format) throws Exception {
    byte[] whole = sample(format);
    for (int length = 0; length < whole.length; length += length < 1000 ? 3 : 97) {
      boolean read = Scribble.isRead(Arrays.copyOf(whole, length), folder.resolve("t.arrow"));
      assertTrue(!read || format == ArrowSink.Format.STREAM, length + " bytes");
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
    Path file = Files.write(folder.resolve("t.arrow"), Arrays.copyOf(whole, whole.length - 100));
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
    SourceException e = assertThrows(SourceException.class, () -> new ArrowSource(file).open());
    assertEquals(file + message, e.getMessage());
  }
}
