package dev.baton.operators.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.source.SourceException;
import dev.baton.operators.io.Tables;
import dev.baton.operators.io.arrow.ArrowSource;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that pyarrow, DuckDB and Polars wrote, and those of Impala, parquet-java and others that
 * the Parquet project tests with; the Arrow files beside them say what is in them.
 */
class ForeignParquetTest {
  private static final List<String> TABLES =
      List.of("everything", "common", "required", "half", "int96", "polars", "rare");

  static Path file(String name) {
    return resource("foreign/" + name);
  }

  static Path resource(String name) {
    try {
      return Path.of(ForeignParquetTest.class.getResource("/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<Path> files() throws Exception {
    try (Stream<Path> all = Files.list(file("everything.arrow").getParent())) {
      return all.filter(f -> f.toString().endsWith(".parquet"))
          .filter(f -> TABLES.contains(table(f)))
          .sorted()
          .toList();
    }
  }

  private static String table(Path file) {
    return file.getFileName().toString().split("-", 2)[0];
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyColumnIsWhatItsWriterMeant(Path parquet) throws Exception {
    ArrowSource arrow = new ArrowSource(file(table(parquet) + ".arrow"));
    assertEquals(Digests.of(arrow), Digests.of(new ParquetSource(parquet)));
  }

  static List<String> apache() throws Exception {
    try (Stream<Path> all = Files.list(resource("apache"))) {
      return all.map(f -> f.getFileName().toString())
          .filter(name -> name.endsWith(".arrow"))
          .map(name -> name.replace(".arrow", ""))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("apache")
  void filesOfTheParquetProjectAreWhatPyarrowReads(String name) throws Exception {
    ArrowSource arrow = new ArrowSource(resource("apache/" + name + ".arrow"));
    ParquetSource parquet = new ParquetSource(resource("apache/" + name + ".parquet"));
    assertEquals(Digests.of(arrow), Digests.of(parquet));
  }

  @Test
  void aPageThatDoesNotHaveItsChecksumIsNamed() {
    ParquetSource corrupt = new ParquetSource(resource("apache/corrupt-checksum.parquet"));
    SourceException e = assertThrows(SourceException.class, () -> Tables.read(corrupt));
    assertTrue(
        e.getMessage().endsWith("a page does not have its checksum; the file is damaged"),
        e.getMessage());
  }

  @ParameterizedTest
  @MethodSource("files")
  void splitsCanBeReadInAnyOrder(Path parquet) throws Exception {
    ParquetSource small = new ParquetSource(parquet, 4096);
    assertEquals(Digests.of(small), Digests.backwards(small));
  }

  @Test
  void aNestedColumnIsAnErrorOnlyWhenItIsWanted() throws Exception {
    ParquetSource nested = new ParquetSource(file("nested.parquet"));
    assertEquals(List.of(1L, 2L), Tables.read(nested, List.of("id")).column("id"));
    SourceException e =
        assertThrows(SourceException.class, () -> Tables.read(nested, List.of("tags")));
    assertTrue(
        e.getMessage()
            .contains(
                "column 'tags' is a nested column, which Baton does not read from Parquet; drop it"
                    + " first in the pipeline, or flatten it with DuckDB"),
        e.getMessage());
  }

  @Test
  void aCodecThatIsNotReadIsNamed() {
    ParquetSource brotli = new ParquetSource(file("brotli.parquet"));
    SourceException e = assertThrows(SourceException.class, () -> Tables.read(brotli));
    assertTrue(
        e.getMessage()
            .endsWith(
                "brotli.parquet, row group 0, column 'time': it is compressed with BROTLI, which is"
                    + " not supported; use zstd or snappy"),
        e.getMessage());
  }
}
