package dev.baton.operators.io.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.io.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
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
  @EnumSource(Compression.class)
  void compressedBytesChangedAtRandomNeverCrashOrLeak(Compression compression) throws Exception {
    Rows table = RandomRows.of(schema(), 200, 9, RandomRows.Mix.ALL);
    Path file = folder.resolve("whole.arrow");
    Tables.write(new ArrowSink(file, ArrowSink.Format.FILE, compression), table);
    Scribble.overAndOver(Files.readAllBytes(file), 800, folder.resolve("t.arrow"));
  }

  @Test
  void lengthsThatNoBytesCanUnpackToAreErrors() throws Exception {
    Schema schema = Rows.schema("a", Types.INT64);
    Path file = folder.resolve("t.arrow");
    Rows table = new Rows(schema, java.util.Collections.nCopies(1000, Rows.row(7L)));
    Tables.write(new ArrowSink(file, ArrowSink.Format.FILE, Compression.LZ4), table);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (view.getLong(at) != 8000) {
      at++;
    }
    for (long claimed : new long[] {1L << 62, 1L << 30, -2, 7999, 8001}) {
      view.putLong(at, claimed);
      Files.write(file, bytes);
      SourceException e =
          assertThrows(SourceException.class, () -> Tables.read(new ArrowSource(file)));
      assertTrue(e.getMessage().contains("column 'a': "), e.getMessage());
      assertTrue(e.getMessage().endsWith("; the file is corrupt"), e.getMessage());
    }
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

  /** Found by fuzzing: one of the two was dropped without a word. */
  @ParameterizedTest
  @EnumSource(ArrowSink.Format.class)
  void twoColumnsOfOneNameAreAnError(ArrowSink.Format format) throws Exception {
    Path file = folder.resolve("t.arrow");
    Schema schema = Rows.schema("first", Types.INT64, "later", Types.UTF8);
    Tables.write(new ArrowSink(file, format), new Rows(schema, List.of()));
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(file, bytes.replace("later", "first"), StandardCharsets.ISO_8859_1);
    SourceException e = assertThrows(SourceException.class, () -> new ArrowSource(file).open());
    assertEquals(file + ": two columns are called 'first'; rename one", e.getMessage());
  }

  /** Found by fuzzing. */
  @Test
  void aListOfNoTypeIsAnError() throws Exception {
    Field list = new Field("l", FieldType.nullable(ArrowType.List.INSTANCE), List.of());
    Field struct = new Field("s", FieldType.nullable(ArrowType.Struct.INSTANCE), List.of(list));
    Path file = folder.resolve("t.arrow");
    for (Field field : List.of(list, struct)) {
      try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          WriteChannel out = new WriteChannel(channel)) {
        MessageSerializer.serialize(out, new Schema(List.of(field)));
      }
      SourceException e = assertThrows(SourceException.class, () -> new ArrowSource(file).open());
      String path = field.equals(list) ? "l" : "s.l";
      assertEquals(
          file + ": its Arrow metadata is corrupt (column '" + path + "' is a list of 0 types)",
          e.getMessage());
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

  @ParameterizedTest
  @EnumSource(ArrowSink.Format.class)
  void rowsOfNoBytesAreBelievedToACertainNumber(ArrowSink.Format format) throws Exception {
    Path file = folder.resolve("t.arrow");
    Tables.write(
        new ArrowSink(file, format),
        new Rows(new Schema(List.of()), List.of(Rows.row(), Rows.row())));
    assertEquals(2, Tables.read(new ArrowSource(file)).size());
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (view.getLong(at) != 2) {
      at++;
    }
    view.putLong(at, (1 << 22) + 1);
    Files.write(file, bytes);
    SourceException e = assertThrows(SourceException.class, () -> new ArrowSource(file).open());
    assertTrue(
        e.getMessage()
            .endsWith(
                ": the record batch claims 4194305 rows of no bytes; at most 4194304 are believed"),
        e.getMessage());
  }

  /** Makes the file that it gets its rows from shorter, then looks at all of them. */
  private record Shortening(Path file) implements Transform {
    @Override
    public BoundTransform bind(Binder binder) {
      binder.read("a", TypeFamily.NUMERIC);
      binder.changesRows(); // so that no pass leaves it out
      return binder.transform(
          context ->
              batch -> {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                  channel.truncate(0);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
                long sum = 0;
                for (int row = 0; row < batch.rows(); row++) {
                  sum += Memory.getLong(Vectors.data(batch.column("a")) + 8L * row);
                }
                throw new AssertionError("all rows are there still: " + sum);
              });
    }
  }

  @Test
  void aMappedFileMadeShorterInTheMiddleOfABatchIsAClearError() throws Exception {
    Path file = folder.resolve("t.arrow");
    Schema schema = Rows.schema("a", Types.INT64);
    Rows table = new Rows(schema, java.util.Collections.nCopies(100_000, Rows.row(7L)));
    for (RunOptions options : Variants.all()) {
      Tables.write(new ArrowSink(file), table);
      Pipeline pipeline = Pipeline.read(new ArrowSource(file).mapped()).then(new Shortening(file));
      try (Engine engine = Engine.open()) {
        PipelineException e =
            assertThrows(PipelineException.class, () -> engine.run(pipeline, options));
        assertTrue(
            e.getMessage()
                    .endsWith(
                        "a mapped file was made shorter while it was read; read it when nothing"
                            + " writes to it, or without map")
                || e.getMessage().contains(" changed from "),
            e.getMessage());
      }
    }
  }

  private void assertMessage(String message, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("t.arrow"), text);
    SourceException e = assertThrows(SourceException.class, () -> new ArrowSource(file).open());
    assertEquals(file + message, e.getMessage());
  }
}
