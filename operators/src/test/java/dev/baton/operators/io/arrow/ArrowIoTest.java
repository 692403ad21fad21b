package dev.baton.operators.io.arrow;

import static dev.baton.engine.testkit.Rows.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Encoder;
import dev.baton.engine.source.OpenSink;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import dev.baton.engine.testkit.Differences;
import dev.baton.engine.testkit.FakeContext;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.impute.SimpleImputer;
import dev.baton.operators.io.Tables;
import dev.baton.operators.io.csv.CsvSink;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.scale.StandardScaler;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArrowIoTest {
  @TempDir Path folder;

  private static final Schema ALL_TYPES = allTypes();

  private static Schema allTypes() {
    List<Field> fields = new ArrayList<>();
    for (String name : Types.names()) {
      fields.add(Types.field(name, Types.parse(name)));
    }
    fields.add(Types.listField("numbers", Types.FLOAT64));
    fields.add(Types.listField("words", Types.UTF8));
    return new Schema(fields);
  }

  @ParameterizedTest
  @EnumSource(ArrowSink.Format.class)
  void anyTableReadsBackAsItself(ArrowSink.Format format) throws Exception {
    for (RandomRows.Mix mix : RandomRows.Mix.values()) {
      for (int rows : new int[] {0, 1, 63, 64, 65, 1000}) {
        Rows table = RandomRows.of(ALL_TYPES, rows, rows + 1, mix);
        Path file = folder.resolve("t.arrow");
        Tables.write(
            new ArrowSink(file, format), table.slice(0, rows / 3), table.slice(rows / 3, rows));
        for (int batchRows : new int[] {64, 200, 1 << 20}) {
          Rows read = Tables.read(new ArrowSource(file, batchRows));
          Differences.assertSame(table, read, mix + ", " + rows + " rows by " + batchRows);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ArrowSink.Format.class)
  void arrowsOwnReaderReadsWhatTheSinkWrites(ArrowSink.Format format) throws Exception {
    Rows table = RandomRows.of(ALL_TYPES, 500, 3, RandomRows.Mix.ALL);
    Path file = folder.resolve("t.arrow");
    Tables.write(new ArrowSink(file, format), table.slice(0, 100), table.slice(100, 500));
    Differences.assertSame(table, readWithArrow(file, format), "by Arrow");
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void compressedTablesReadBackAsThemselvesHereAndInArrow(Compression compression)
      throws Exception {
    Path file = folder.resolve("t.arrow");
    for (ArrowSink.Format format : ArrowSink.Format.values()) {
      for (RandomRows.Mix mix : RandomRows.Mix.values()) {
        for (int rows : new int[] {0, 1, 65, 1000}) {
          Rows table = RandomRows.of(ALL_TYPES, rows, rows + 1, mix);
          Tables.write(
              new ArrowSink(file, format, compression),
              table.slice(0, rows / 3),
              table.slice(rows / 3, rows));
          Differences.assertSame(table, readWithArrow(file, format), "by Arrow");
          for (int batchRows : new int[] {64, 200, 1 << 20}) {
            Rows read = Tables.read(new ArrowSource(file, batchRows));
            Differences.assertSame(table, read, mix + ", " + rows + " rows by " + batchRows);
          }
          List<String> some = List.of("utf8", "words");
          Differences.assertSame(
              table.only(new java.util.HashSet<>(some)),
              Tables.read(new ArrowSource(file, 128), some),
              "some columns");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ArrowSink.Format.class)
  void mappedColumnsAreTheSameAndReadOnly(ArrowSink.Format format) throws Exception {
    Path file = folder.resolve("t.arrow");
    for (RandomRows.Mix mix : RandomRows.Mix.values()) {
      for (int rows : new int[] {0, 1, 65, 1000}) {
        Rows table = RandomRows.of(ALL_TYPES, rows, rows + 1, mix);
        Tables.write(
            new ArrowSink(file, format), table.slice(0, rows / 3), table.slice(rows / 3, rows));
        for (int batchRows : new int[] {64, 200, 1 << 20}) {
          Rows read = Tables.read(new ArrowSource(file, batchRows).mapped());
          Differences.assertSame(table, read, mix + ", " + rows + " rows by " + batchRows);
        }
      }
    }
    try (RootAllocator allocator = new RootAllocator();
        OpenSource open = new ArrowSource(file).mapped().open();
        Decoder decoder =
            open.decoder(List.of("bool", "int64", "utf8"), new FakeContext(allocator))) {
      decoder.start(open.splits().next());
      try (Batch batch = decoder.next()) {
        assertTrue(batch.askToWrite("bool"));
        assertFalse(batch.askToWrite("int64"));
        assertFalse(batch.askToWrite("utf8"));
      }
    }
  }

  @Test
  void kernelsLeaveMappedFilesAsTheyAre() throws Exception {
    Path example = Tables.example("flights-200k.arrow");
    Path file = Files.copy(example, folder.resolve("flights.arrow"));
    try (Engine engine = Engine.open()) {
      Pipeline steps =
          Pipeline.read(new ArrowSource(example))
              .then(new SimpleImputer(Columns.of(TypeFamily.NUMERIC)))
              .then(new StandardScaler(Columns.of(TypeFamily.NUMERIC)));
      Object digest = engine.run(steps, Variants.baseline()).digest();
      for (RunOptions options : Variants.all()) {
        Pipeline mapped = steps.from(new ArrowSource(file).mapped());
        assertEquals(digest, engine.run(mapped, options).digest(), options.toString());
      }
    }
    assertEquals(-1, Files.mismatch(example, file));
  }

  @Test
  void aMappedFileThatHasChangedIsAnError() throws Exception {
    Path file = folder.resolve("t.arrow");
    Rows table = RandomRows.of(ALL_TYPES, 300, 5, RandomRows.Mix.ALL);
    Tables.write(new ArrowSink(file), table);
    try (RootAllocator allocator = new RootAllocator();
        OpenSource open = new ArrowSource(file, 64).mapped().open();
        Decoder decoder = open.decoder(List.of("int64"), new FakeContext(allocator))) {
      Iterator<? extends Split> splits = open.splits();
      decoder.start(splits.next());
      decoder.next().close();
      Files.write(file, new byte[1], StandardOpenOption.APPEND);
      decoder.start(splits.next());
      SourceException e = assertThrows(SourceException.class, decoder::next);
      assertTrue(e.getMessage().contains("while it was read"), e.getMessage());
    }
  }

  @Test
  void compressionMakesFilesSmallerInEveryModeAlike() throws Exception {
    Path plain = Tables.example("flights-200k.arrow");
    try (Engine engine = Engine.open()) {
      Pipeline read = Pipeline.read(new ArrowSource(plain));
      Object digest = engine.run(read, Variants.baseline()).digest();
      for (Compression compression : List.of(Compression.LZ4, Compression.ZSTD)) {
        Path file = folder.resolve(compression + ".arrow");
        byte[] first = null;
        for (ExecutionMode mode : List.of(ExecutionMode.inline(), ExecutionMode.threads(3))) {
          engine.run(
              read.write(new ArrowSink(file, ArrowSink.Format.FILE, compression)),
              RunOptions.defaults().withMode(mode));
          byte[] bytes = Files.readAllBytes(file);
          assertArrayEquals(first == null ? bytes : first, bytes);
          first = bytes;
        }
        assertTrue(first.length < Files.size(plain) * 3 / 4, first.length + " bytes");
        Pipeline again = Pipeline.read(new ArrowSource(file, 1024));
        for (RunOptions options : Variants.all()) {
          assertEquals(digest, engine.run(again, options).digest(), options.toString());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ArrowSink.Format.class)
  void slicesAndSharedBatchesAreWrittenAsTheyAre(ArrowSink.Format format) throws Exception {
    Rows table = RandomRows.of(ALL_TYPES, 300, 4, RandomRows.Mix.ALL);
    Path file = folder.resolve("t.arrow");
    try (RootAllocator allocator = new RootAllocator();
        OpenSink sink = new ArrowSink(file, format).open(ALL_TYPES);
        Batch batch = table.batch(allocator)) {
      FakeContext context = new FakeContext(allocator);
      // The encoded form must outlive the batch.
      try (Encoder encoder = new ArrowSink(file, format).encoder(ALL_TYPES, context);
          Encoded encoded = encodeSlice(encoder, batch, allocator)) {
        sink.commit(encoded, context);
      }
      sink.complete();
      sink.finish();
    }
    Differences.assertSame(table.slice(67, 200), Tables.read(new ArrowSource(file)), "slice");
  }

  private static Encoded encodeSlice(Encoder encoder, Batch batch, RootAllocator allocator)
      throws Exception {
    try (Batch slice = batch.slice(67, 133, allocator)) {
      return encoder.encode(slice);
    }
  }

  @Test
  void aLargeRecordBatchIsCutIntoSlicesThatAnyWorkerReadsByItself() throws Exception {
    Path file = Tables.example("flights-200k.arrow");
    Rows oracle = readWithArrow(file, ArrowSink.Format.FILE);
    assertEquals(200_000, oracle.size());
    try (RootAllocator allocator = new RootAllocator();
        OpenSource open = new ArrowSource(file).open()) {
      List<Split> splits = new ArrayList<>();
      open.splits().forEachRemaining(splits::add);
      assertTrue(splits.size() >= 4, splits.toString());
      List<Object[]> cells = new ArrayList<>();
      for (Split split : splits) {
        try (Decoder decoder = open.decoder(oracle.names(), new FakeContext(allocator))) {
          decoder.start(split);
          try (Batch batch = decoder.next()) {
            assertTrue(batch.rows() <= 64 * 1024, batch.rows() + " rows");
            assertTrue(batch.askToWrite(oracle.names().get(0)));
            cells.addAll(Rows.of(batch).cells());
          }
          assertEquals(null, decoder.next());
        }
      }
      Differences.assertSame(oracle, new Rows(oracle.schema(), cells), "flights");
    }
  }

  @Test
  void unwantedColumnsAreNotRead() throws Exception {
    Rows table = RandomRows.of(ALL_TYPES, 300, 5, RandomRows.Mix.ALL);
    Path file = folder.resolve("t.arrow");
    Tables.write(new ArrowSink(file), table);
    for (List<String> wanted :
        List.of(List.of("utf8"), List.of("bool", "words"), List.of("int8", "numbers", "words"))) {
      Rows read = Tables.read(new ArrowSource(file, 64), wanted);
      Differences.assertSame(table.only(new java.util.HashSet<>(wanted)), read, wanted.toString());
    }
    assertEquals(300, Tables.read(new ArrowSource(file, 64), List.of()).size());
  }

  @Test
  void csvToArrowToCsvIsTheSameFile() throws Exception {
    for (String name : List.of("penguins.csv", "birdstrikes.csv")) {
      Rows rows = Tables.read(new CsvSource(Tables.example(name)));
      Path direct = folder.resolve("direct.csv");
      Path through = folder.resolve("through.csv");
      Tables.write(new CsvSink(direct), rows);
      Tables.write(new ArrowSink(folder.resolve("t.arrow")), rows);
      Tables.write(new CsvSink(through), Tables.read(new ArrowSource(folder.resolve("t.arrow"))));
      assertEquals(-1, Files.mismatch(direct, through), name);
    }
  }

  @Test
  void anEmptyOutputIsAFileWithASchema() throws Exception {
    for (ArrowSink.Format format : ArrowSink.Format.values()) {
      Path file = folder.resolve("t.arrow");
      try (OpenSink sink = new ArrowSink(file, format).open(ALL_TYPES)) {
        sink.complete();
        sink.finish();
      }
      Differences.assertSame(
          new Rows(ALL_TYPES, List.of()), Tables.read(new ArrowSource(file)), "empty");
    }
  }

  @Test
  void batchRowsMustBeReasonable() {
    assertEquals(128, new ArrowSource(folder, 190).batchRows());
    assertEquals(
        "batchRows must be 64 to 1048576 but was 63",
        assertThrows(IllegalArgumentException.class, () -> new ArrowSource(folder, 63))
            .getMessage());
  }

  private static Rows readWithArrow(Path file, ArrowSink.Format format) throws Exception {
    try (RootAllocator allocator = new RootAllocator();
        FileChannel channel = FileChannel.open(file);
        InputStream stream = Files.newInputStream(file);
        ArrowReader reader =
            format == ArrowSink.Format.FILE
                ? new ArrowFileReader(channel, allocator, CommonsCompressionFactory.INSTANCE)
                : new ArrowStreamReader(stream, allocator, CommonsCompressionFactory.INSTANCE)) {
      List<Object[]> cells = new ArrayList<>();
      while (reader.loadNextBatch()) {
        List<FieldVector> columns = reader.getVectorSchemaRoot().getFieldVectors();
        // Closed with the reader.
        @SuppressWarnings("resource")
        Batch batch = Batch.of(reader.getVectorSchemaRoot().getRowCount(), columns);
        cells.addAll(Rows.of(batch).cells());
      }
      assertNotNull(reader.getVectorSchemaRoot());
      Iterator<Field> fields = reader.getVectorSchemaRoot().getSchema().getFields().iterator();
      List<Field> nullable = new ArrayList<>();
      fields.forEachRemaining(
          f ->
              nullable.add(
                  new Field(
                      f.getName(),
                      org.apache.arrow.vector.types.pojo.FieldType.nullable(f.getType()),
                      f.getChildren())));
      return new Rows(new Schema(nullable), cells);
    }
  }

  @Test
  void oneRowIsOneBatch() throws Exception {
    Schema schema = Rows.schema("a", Types.BOOL);
    Path file = folder.resolve("t.arrow");
    Tables.write(new ArrowSink(file), Rows.of(schema, row(true)));
    assertEquals(List.of(true), Tables.read(new ArrowSource(file)).column("a"));
  }
}
