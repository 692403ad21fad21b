package dev.baton.operators.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Encoder;
import dev.baton.engine.source.OpenSink;
import dev.baton.engine.testkit.Differences;
import dev.baton.engine.testkit.FakeContext;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.io.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonlSinkTest {
  @TempDir Path folder;

  private String written(boolean nested, Rows... batches) throws Exception {
    Path file = folder.resolve("t.jsonl");
    Tables.write(new JsonlSink(file, nested), batches);
    return Files.readString(file);
  }

  @Test
  void everyTypeHasItsForm() throws Exception {
    Schema schema =
        new Schema(
            List.of(
                Types.field("i \"q\"", Types.INT8),
                Types.field("f", Types.FLOAT32),
                Types.field("b", Types.BOOL),
                Types.field("d", Types.DATE),
                Types.field("t", Types.TIMESTAMP),
                Types.field("s", Types.UTF8),
                Types.listField("l", Types.FLOAT64),
                Types.listField("w", Types.UTF8)));
    assertEquals(
        """
        {"i \\"q\\"":-1,"f":0.1,"b":true,"d":"1970-01-02","t":"1970-01-01T00:00:01","s":"é\\"\\\\\\n\\u0001 long enough","l":[1.0,"NaN"],"w":[]}
        {"i \\"q\\"":null,"f":"-Infinity","b":false,"d":null,"t":null,"s":"","l":null,"w":["a","\\t"]}
        """,
        written(
            false,
            Rows.of(
                schema,
                Rows.row(
                    (byte) -1,
                    0.1f,
                    true,
                    1,
                    1_000_000L,
                    "é\"\\\n\u0001 long enough",
                    List.of(1.0, Double.NaN),
                    List.of()),
                Rows.row(
                    null,
                    Float.NEGATIVE_INFINITY,
                    false,
                    null,
                    null,
                    "",
                    null,
                    List.of("a", "\t")))));
  }

  @Test
  void namesWithDotsMayBeNested() throws Exception {
    Rows rows =
        Rows.of(
            Rows.schema(
                "a.b", Types.INT64, "a.c.d", Types.INT64, "e", Types.INT64, "f.g", Types.INT64),
            Rows.row(1L, 2L, null, 4L));
    assertEquals("{\"a.b\":1,\"a.c.d\":2,\"e\":null,\"f.g\":4}\n", written(false, rows));
    assertEquals(
        "{\"a\":{\"b\":1,\"c\":{\"d\":2}},\"e\":null,\"f\":{\"g\":4}}\n", written(true, rows));
    Map<String, String> types = new LinkedHashMap<>();
    rows.names().forEach(name -> types.put(name, "int64"));
    Rows read = Tables.read(new JsonlSource(folder.resolve("t.jsonl")).withTypes(types));
    Differences.assertSame(rows, read, "nested");
  }

  /** What was committed after the last checkpoint is written again, compressed or not. */
  @Test
  void aSinkGoesOnFromItsCheckpoint() throws Exception {
    Rows rows = Rows.of(Rows.schema("a", Types.INT64), Rows.row(1L), Rows.row(2L), Rows.row(3L));
    for (String name : List.of("r.jsonl", "r.jsonl.gz")) {
      JsonlSink sink = new JsonlSink(folder.resolve(name));
      Path part = folder.resolve("part");
      byte[] state;
      try (RootAllocator allocator = new RootAllocator();
          OpenSink open = sink.resume(rows.schema(), part, null)) {
        commit(sink, open, rows.slice(0, 1), allocator);
        state = open.checkpoint();
        commit(sink, open, rows.slice(1, 2), allocator);
      }
      try (RootAllocator allocator = new RootAllocator();
          OpenSink open = sink.resume(rows.schema(), part, state)) {
        commit(sink, open, rows.slice(1, 3), allocator);
        open.complete();
        open.finish();
      }
      assertEquals(
          List.of(List.of(1L), List.of(2L), List.of(3L)),
          JsonlPackedTest.read(new JsonlSource(sink.path())));
    }
  }

  private static void commit(JsonlSink sink, OpenSink open, Rows rows, RootAllocator allocator)
      throws Exception {
    FakeContext context = new FakeContext(allocator);
    try (Encoder encoder = sink.encoder(rows.schema(), context);
        Batch batch = rows.batch(allocator);
        Encoded encoded = encoder.encode(batch)) {
      open.commit(encoded, context);
    }
  }

  @Test
  void objectsInTwoPiecesAreAnError() {
    for (List<String> names :
        List.of(List.of("a.b", "c", "a.d"), List.of("a", "a.b"), List.of("a.b", "a"))) {
      IOException e = assertThrows(IOException.class, () -> ObjectShape.between(names, true));
      assertEquals(
          "cannot write column '"
              + names.get(names.size() - 1)
              + "' as a part of nested objects: 'a' is written before; select the columns in"
              + " another order, rename one, or set nested: false",
          e.getMessage());
    }
  }

  @Test
  void aTypeWithoutAFormIsAnError() {
    JsonlSink sink = new JsonlSink(folder.resolve("t.jsonl"));
    Schema schema = Rows.schema("a", Types.BINARY);
    assertEquals(
        "cannot write column 'a' of type binary as JSON; drop or cast it before, or write Arrow",
        assertThrows(IOException.class, () -> sink.open(schema)).getMessage());
  }

  @Test
  void anyTableReadsBackAsItself() throws Exception {
    Map<String, String> types = new LinkedHashMap<>();
    Types.names().stream().filter(n -> !n.equals("binary")).forEach(n -> types.put(n, n));
    List<Field> fields = types.keySet().stream().map(n -> Types.field(n, Types.parse(n))).toList();
    for (RandomRows.Mix mix : RandomRows.Mix.values()) {
      for (int rows : new int[] {0, 1, 63, 64, 65, 1000}) {
        Rows table = within(RandomRows.of(new Schema(fields), rows, rows + 1, mix));
        Path file = folder.resolve("t.jsonl");
        Tables.write(new JsonlSink(file), table.slice(0, rows / 3), table.slice(rows / 3, rows));
        for (int bytes : new int[] {100, 1 << 20}) {
          JsonlSource source = new JsonlSource(file).withTypes(types).withSplitBytes(bytes);
          Differences.assertSame(table, Tables.read(source), mix + ", " + rows + " rows");
        }
      }
    }
  }

  /** Dates of the years that ISO 8601 has. */
  private static Rows within(Rows rows) {
    List<Object[]> cells =
        rows.cells().stream()
            .map(
                row -> {
                  Object[] copy = Arrays.copyOf(row, row.length);
                  int date = rows.position("date");
                  int time = rows.position("timestamp");
                  copy[date] = copy[date] == null ? null : (Integer) copy[date] % 500_000;
                  copy[time] = copy[time] == null ? null : (Long) copy[time] % (1L << 55);
                  return copy;
                })
            .toList();
    return new Rows(rows.schema(), cells);
  }
}
