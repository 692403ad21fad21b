package dev.baton.operators.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Encoder;
import dev.baton.engine.source.OpenSink;
import dev.baton.engine.testkit.Differences;
import dev.baton.engine.testkit.FakeContext;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.io.Tables;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How values are encoded that hardly repeat, and that another reader understands it. */
class WrittenEncodingsTest {
  private static final int ROWS = 50_000;

  /** All columns are functions of the first. */
  private static final Schema SCHEMA =
      Rows.schema(
          "id", Types.INT64,
          "bucket", Types.INT32,
          "hash", Types.INT32,
          "root", Types.FLOAT64,
          "name", Types.UTF8,
          "word", Types.UTF8,
          "few", Types.INT32,
          "code", Types.UTF8);

  private static final String RIGHT =
      """
      bucket = id * 7919 % 100003
      AND hash = id * id * 2654435761 % 4294967291 - 2147483648
      AND root = sqrt(id)
      AND CASE WHEN id % 7 = 0 THEN name IS NULL ELSE name = 'no. ' || id END
      AND CASE WHEN id % 5 = 0 THEN word IS NULL ELSE word = printf('%08d', id * 31) END
      AND CASE WHEN id % 3 = 0 THEN few IS NULL ELSE few = id % 11 END
      AND CASE WHEN id % 4 = 0 THEN code IS NULL ELSE code = printf('%08d', id % 13) END""";

  @TempDir Path folder;

  private static Rows table() {
    List<Object[]> rows = new ArrayList<>();
    for (long id = 0; id < ROWS; id++) {
      rows.add(
          new Object[] {
            id,
            (int) (id * 7919 % 100_003),
            (int) (id * id * 2_654_435_761L % 4_294_967_291L - (1L << 31)),
            Math.sqrt(id),
            id % 7 == 0 ? null : "no. " + id,
            id % 5 == 0 ? null : String.format("%08d", id * 31),
            id % 3 == 0 ? null : (int) (id % 11),
            id % 4 == 0 ? null : String.format("%08d", id % 13)
          });
    }
    return new Rows(SCHEMA, rows);
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void everyReaderGetsTheValuesBack(Codec codec) throws Exception {
    Rows table = table();
    Path file = folder.resolve("t.parquet");
    Tables.write(
        new ParquetSink(file, codec, 30_000), table.slice(0, 40_000), table.slice(40_000, ROWS));
    Differences.assertSame(table, Tables.read(new ParquetSource(file)), codec + ", read");
    assertEquals(
        List.of(
            "id: DELTA_BINARY_PACKED RLE",
            "bucket: DELTA_BINARY_PACKED RLE",
            "hash: PLAIN RLE",
            "root: PLAIN RLE",
            "name: DELTA_LENGTH_BYTE_ARRAY RLE",
            "word: DELTA_LENGTH_BYTE_ARRAY RLE",
            "few: PLAIN RLE RLE_DICTIONARY",
            "code: PLAIN RLE RLE_DICTIONARY"),
        encodings(file));
    String count = "SELECT count(*) FROM '" + file + "'";
    assertEquals(List.of("" + ROWS), query(count));
    assertEquals(List.of("" + ROWS), query(count + " WHERE " + RIGHT));
  }

  /**
   * What does not get smaller is stored as it is, so that a file is hardly larger than unpacked.
   */
  @Test
  void whatDoesNotGetSmallerIsStored() throws Exception {
    Rows hashes = table().only(Set.of("hash"));
    Path packed = folder.resolve("packed.parquet");
    Path plain = folder.resolve("plain.parquet");
    Tables.write(new ParquetSink(packed), hashes);
    Tables.write(new ParquetSink(plain, Codec.NONE, 128 * 1024), hashes);
    long more = Files.size(packed) - Files.size(plain);
    assertTrue(Math.abs(more) < 100, more + " bytes more");
  }

  /**
   * A null that has eight bytes and a text that has none are together as long as a text of eight.
   */
  @Test
  void nullsMayHaveBytes() throws Exception {
    Path file = folder.resolve("t.parquet");
    try (RootAllocator allocator = new RootAllocator();
        Batch batch = Batch.of(3, List.of(texts(allocator)))) {
      ParquetSink sink = new ParquetSink(file);
      FakeContext context = new FakeContext(allocator);
      try (OpenSink open = sink.open(batch.schema());
          Encoder encoder = sink.encoder(batch.schema(), context);
          Encoded encoded = encoder.encode(batch)) {
        open.begin(context);
        open.commit(encoded, context);
        open.complete();
        open.finish();
      }
    }
    assertEquals(
        Arrays.asList(null, "", "12345678"), Tables.read(new ParquetSource(file)).column("t"));
  }

  private static VarCharVector texts(RootAllocator allocator) {
    VarCharVector vector = new VarCharVector("t", allocator);
    vector.allocateNew(16, 3);
    byte[] bytes = "nothing!12345678".getBytes(StandardCharsets.UTF_8);
    Memory.copyFromArray(bytes, 0, Vectors.data(vector), bytes.length);
    int[] offsets = {0, 8, 8, 16};
    for (int i = 0; i < offsets.length; i++) {
      Memory.putInt(Vectors.offsets(vector) + 4L * i, offsets[i]);
    }
    Validity.set(Validity.address(vector), 1);
    Validity.set(Validity.address(vector), 2);
    vector.setLastSet(2);
    vector.setValueCount(3);
    return vector;
  }

  private static List<String> encodings(Path file) throws Exception {
    return query(
            "SELECT path_in_schema || ': ' || encodings FROM parquet_metadata('"
                + file
                + "') WHERE row_group_id = 0")
        .stream()
        .map(
            line -> {
              String[] parts = line.split(": ");
              return parts[0]
                  + ": "
                  + Arrays.stream(parts[1].split(", ")).sorted().collect(Collectors.joining(" "));
            })
        .toList();
  }

  private static List<String> query(String query) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }
}
