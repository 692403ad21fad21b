package dev.baton.operators.io.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.testkit.Differences;
import dev.baton.engine.testkit.FakeContext;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.io.Tables;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarBinaryVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other programs write and Baton's sink does not: dictionaries, wide offsets, nesting. */
class ForeignArrowTest {
  @TempDir Path folder;

  private RootAllocator allocator;
  private final List<FieldVector> columns = new ArrayList<>();
  private final DictionaryProvider.MapDictionaryProvider dictionaries =
      new DictionaryProvider.MapDictionaryProvider();

  @BeforeEach
  void open() {
    allocator = new RootAllocator();
  }

  @AfterEach
  void close() {
    columns.forEach(FieldVector::close);
    allocator.close();
  }

  @Test
  void dictionariesAreDecoded() throws Exception {
    try (VarCharVector words = new VarCharVector("words", allocator);
        VarCharVector plain = text("plain", 1000, 7);
        IntVector numbers = new IntVector("numbers", allocator);
        IntVector codes = new IntVector("codes", allocator)) {
      for (int i = 0; i < 7; i++) {
        words.setSafe(i, ("word " + i).getBytes(StandardCharsets.UTF_8));
        numbers.setSafe(i, 100 * i);
      }
      words.setValueCount(7);
      numbers.setValueCount(7);
      for (int i = 0; i < 1000; i++) {
        codes.setSafe(i, 100 * (i % 7));
        if (i % 10 == 3) {
          codes.setNull(i);
        }
      }
      codes.setValueCount(1000);
      Dictionary byWord =
          new Dictionary(words, new DictionaryEncoding(1, false, new ArrowType.Int(8, false)));
      Dictionary byNumber =
          new Dictionary(numbers, new DictionaryEncoding(2, false, new ArrowType.Int(16, true)));
      dictionaries.put(byWord);
      dictionaries.put(byNumber);
      columns.add((FieldVector) DictionaryEncoder.encode(plain, byWord));
      columns.add((FieldVector) DictionaryEncoder.encode(codes, byNumber));
      for (Path file : write(1000)) {
        Rows rows = Tables.read(new ArrowSource(file, 64));
        assertEquals(Types.UTF8, rows.schema().findField("plain").getType());
        assertEquals(Types.INT32, rows.schema().findField("codes").getType());
        for (int i = 0; i < 1000; i++) {
          assertEquals(i % 10 == 3 ? null : "word " + i % 7, rows.get(i, "plain"));
          assertEquals(i % 10 == 3 ? null : 100 * (i % 7), rows.get(i, "codes"));
        }
        assertEquals(
            rows.column("codes"),
            Tables.read(new ArrowSource(file), List.of("codes")).column("codes"));
        Scribble.overAndOver(Files.readAllBytes(file), 300, folder.resolve("scribbled.arrow"));
      }
    }
  }

  /** Written by pyarrow 26 with lz4 (linked blocks of 64 KiB), zstd and neither. */
  @Test
  void whatPyarrowCompressesIsRead() throws Exception {
    ArrowSource plain = new ArrowSource(Tables.resource("foreign/pyarrow-plain.arrow"));
    Rows expected = Tables.read(plain);
    assertEquals(3000, expected.size());
    for (String codec : List.of("lz4", "zstd")) {
      Path file = Tables.resource("foreign/pyarrow-" + codec + ".arrow");
      for (int batchRows : new int[] {64, 1 << 20}) {
        Differences.assertSame(expected, Tables.read(new ArrowSource(file, batchRows)), codec);
      }
      Scribble.overAndOver(Files.readAllBytes(file), 300, folder.resolve("scribbled.arrow"));
    }
  }

  @Test
  void wideOffsetsAndNullColumnsBecomeWhatBatonHas() throws Exception {
    LargeVarCharVector text = new LargeVarCharVector("text", allocator);
    LargeVarBinaryVector bytes = new LargeVarBinaryVector("bytes", allocator);
    NullVector nothing = new NullVector("nothing", 300);
    columns.addAll(List.of(text, bytes, nothing));
    for (int i = 0; i < 300; i++) {
      if (i % 5 > 0) {
        text.setSafe(i, ("é" + i).getBytes(StandardCharsets.UTF_8));
        bytes.setSafe(i, new byte[i]);
      }
    }
    columns.forEach(c -> c.setValueCount(300));
    for (Path file : write(300)) {
      Rows rows = Tables.read(new ArrowSource(file, 64));
      assertEquals(
          Rows.schema("text", Types.UTF8, "bytes", Types.BINARY, "nothing", Types.UTF8),
          rows.schema());
      for (int i = 0; i < 300; i++) {
        assertEquals(i % 5 > 0 ? "é" + i : null, rows.get(i, "text"));
        assertEquals(i % 5 > 0 ? i : -1, length(rows.get(i, "bytes")));
        assertEquals(null, rows.get(i, "nothing"));
      }
    }
  }

  private static int length(Object bytes) {
    return bytes == null ? -1 : ((byte[]) bytes).length;
  }

  @Test
  void nestedColumnsAreSliced() throws Exception {
    ListVector lists = ListVector.empty("lists", allocator);
    StructVector structs = StructVector.empty("structs", allocator);
    FixedSizeListVector pairs = FixedSizeListVector.empty("pairs", 3, allocator);
    columns.addAll(List.of(lists, structs, pairs));
    lists.addOrGetVector(FieldType.nullable(Types.INT32));
    pairs.addOrGetVector(FieldType.nullable(Types.BOOL));
    IntVector member = structs.addOrGet("n", FieldType.nullable(Types.INT32), IntVector.class);
    var writer = lists.getWriter();
    var pairWriter = pairs.getWriter();
    for (int i = 0; i < 500; i++) {
      writer.setPosition(i);
      pairWriter.setPosition(i);
      if (i % 4 > 0) {
        writer.startList();
        for (int j = 0; j < i % 6; j++) {
          writer.writeInt(i + j);
        }
        writer.endList();
        pairWriter.startList();
        for (int j = 0; j < 3; j++) {
          pairWriter.writeBit((i + j) & 1);
        }
        pairWriter.endList();
        structs.setIndexDefined(i);
        member.setSafe(i, i);
      }
    }
    columns.forEach(c -> c.setValueCount(500));
    List<List<Object>> expected = new ArrayList<>();
    for (FieldVector column : columns) {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        values.add(String.valueOf(column.getObject(i)));
      }
      expected.add(values);
    }
    for (Path file : write(500)) {
      for (int batchRows : new int[] {64, 192, 1024}) {
        List<List<Object>> found = readObjects(new ArrowSource(file, batchRows));
        assertEquals(expected, found, "by " + batchRows);
      }
      Scribble.overAndOver(Files.readAllBytes(file), 300, folder.resolve("scribbled.arrow"));
    }
  }

  @Test
  void columnsThatCannotBeReadAreAnErrorOnlyWhenWanted() throws Exception {
    ViewVarCharVector view = new ViewVarCharVector("view", allocator);
    view.setSafe(0, "a text of more than twelve bytes".getBytes(StandardCharsets.UTF_8));
    view.setSafe(1, "short".getBytes(StandardCharsets.UTF_8));
    columns.addAll(List.of(view, text("text", 2, 7)));
    columns.forEach(c -> c.setValueCount(2));
    for (Path file : write(2)) {
      assertEquals(
          Arrays.asList("word 0", "word 1"),
          Tables.read(new ArrowSource(file), List.of("text")).column("text"));
      SourceException e =
          assertThrows(SourceException.class, () -> Tables.read(new ArrowSource(file)));
      assertEquals(
          file
              + ": column 'view' is type Utf8View, which cannot be read; drop it first in the"
              + " pipeline",
          e.getMessage());
    }
  }

  private VarCharVector text(String name, int rows, int distinct) {
    VarCharVector vector = new VarCharVector(name, allocator);
    for (int i = 0; i < rows; i++) {
      if (i % 10 != 3) {
        vector.setSafe(i, ("word " + i % distinct).getBytes(StandardCharsets.UTF_8));
      }
    }
    vector.setValueCount(rows);
    return vector;
  }

  /** The columns as a file and as a stream. */
  private List<Path> write(int rows) throws Exception {
    List<Path> files = new ArrayList<>();
    for (ArrowSink.Format format : ArrowSink.Format.values()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      // Not closed: the columns are.
      @SuppressWarnings("resource")
      VectorSchemaRoot root =
          new VectorSchemaRoot(columns.stream().map(FieldVector::getField).toList(), columns, rows);
      try (ArrowWriter writer =
          format == ArrowSink.Format.FILE
              ? new ArrowFileWriter(root, dictionaries, Channels.newChannel(out))
              : new ArrowStreamWriter(root, dictionaries, out)) {
        writer.start();
        writer.writeBatch();
        writer.end();
      }
      files.add(Files.write(folder.resolve(format + ".arrow"), out.toByteArray()));
    }
    return files;
  }

  private List<List<Object>> readObjects(ArrowSource source) throws Exception {
    List<List<Object>> found = new ArrayList<>();
    try (OpenSource open = source.open()) {
      List<String> names = open.schema().getFields().stream().map(f -> f.getName()).toList();
      names.forEach(name -> found.add(new ArrayList<>()));
      try (var decoder = open.decoder(names, new FakeContext(allocator))) {
        for (var splits = open.splits(); splits.hasNext(); ) {
          decoder.start(splits.next());
          try (var batch = decoder.next()) {
            for (int c = 0; c < batch.width(); c++) {
              for (int i = 0; i < batch.rows(); i++) {
                found.get(c).add(String.valueOf(batch.column(c).getObject(i)));
              }
            }
          }
        }
      }
    }
    return found;
  }
}
