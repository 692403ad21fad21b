package dev.baton.operators.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.Split;
import dev.baton.engine.testkit.Differences;
import dev.baton.engine.testkit.FakeContext;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.encode.Categorify;
import dev.baton.operators.encode.HashBucket;
import dev.baton.operators.encode.OneHotEncoder;
import dev.baton.operators.encode.OrdinalEncoder;
import dev.baton.operators.io.Tables;
import dev.baton.operators.io.arrow.ArrowSink;
import dev.baton.operators.io.arrow.ArrowSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts that are read as numbers of a dictionary are the same to every operator. */
class DictionaryColumnsTest {
  private static final Schema SCHEMA = Rows.schema("few", Types.UTF8, "many", Types.UTF8);
  private static final int ROWS = 40_000;

  @TempDir Path folder;

  /**
   * In the first half of the rows texts repeat; in the second half those of {@code many} do not, so
   * that they are stored without a dictionary.
   */
  private static Rows[] tables(int batchRows) {
    Random random = new Random(3);
    List<Rows> tables = new ArrayList<>();
    List<Object[]> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      String many =
          row < ROWS / 2 ? Integer.toHexString(random.nextInt(700)) : Integer.toHexString(row);
      rows.add(
          Rows.row(
              random.nextInt(9) == 0 ? null : "b" + random.nextInt(30),
              random.nextInt(11) == 0 ? null : many));
      if (rows.size() == batchRows || row == ROWS - 1) {
        tables.add(new Rows(SCHEMA, rows));
        rows = new ArrayList<>();
      }
    }
    return tables.toArray(Rows[]::new);
  }

  private Path file(Rows... tables) throws Exception {
    Path file = folder.resolve("t.parquet");
    Tables.write(new ParquetSink(file, Codec.SNAPPY, 16_000), tables);
    return file;
  }

  private Path arrow(Rows... tables) throws Exception {
    Path file = folder.resolve("t.arrow");
    Tables.write(new ArrowSink(file), tables);
    return file;
  }

  @Test
  void pagesWithAndWithoutADictionaryBecomeOneColumn() throws Exception {
    Rows[] tables = tables(3000);
    Rows all = tables[0];
    for (int i = 1; i < tables.length; i++) {
      all = all.plus(tables[i]);
    }
    Path file = file(tables);
    for (int batchBytes : new int[] {4096, 100_000, 8 << 20}) {
      Rows read = Tables.read(new ParquetSource(file, batchBytes));
      Differences.assertSame(all, read, "by " + batchBytes);
    }
  }

  @Test
  void aColumnKeepsItsDictionaryUntilItIsAskedFor() throws Exception {
    Source source = new ParquetSource(file(tables(3000)), 32 << 10);
    try (BufferAllocator allocator = new RootAllocator();
        OpenSource open = source.open();
        Decoder decoder = open.decoder(List.of("few", "many"), new FakeContext(allocator))) {
      Iterator<? extends Split> splits = open.splits();
      decoder.start(splits.next());
      try (Batch batch = decoder.next();
          Batch next = decoder.next()) {
        assertNotNull(batch.dictionary("few"));
        assertEquals(batch.dictionary("few"), next.dictionary("few"), "one for a row group");
        assertEquals(SCHEMA, batch.schema());
        assertNotNull(batch.column("few"));
        assertNull(batch.dictionary("few"));
      }
    }
  }

  @Test
  void operatorsMakeTheSameOfThem() throws Exception {
    Rows[] tables = tables(3000);
    Source source = new ParquetSource(file(tables), 64 << 10);
    Pipeline memory = Pipeline.read(new ArrowSource(arrow(tables)));
    Columns both = Columns.of("few", "many");
    Columns many = Columns.of("many");
    List<Operator> operators =
        List.of(
            new OrdinalEncoder(both),
            new OrdinalEncoder(
                both,
                OrdinalEncoder.Unknown.INFREQUENT,
                -1,
                OrdinalEncoder.Order.FREQUENCY,
                15,
                0,
                -5),
            new Categorify(both),
            new OneHotEncoder(Columns.of("few")),
            new HashBucket(both, 1000),
            new HashBucket(many, 1000, 0, HashBucket.Hash.MODULO));
    try (Engine engine = Engine.open()) {
      for (Operator operator : operators) {
        Pipeline plain = memory.then(operator);
        var expected = engine.run(plain, Variants.baseline()).digest();
        for (RunOptions options : Variants.all()) {
          var digest = engine.run(Pipeline.read(source).then(operator), options).digest();
          assertEquals(expected, digest, operator + " " + options.mode());
        }
      }
    }
  }

  @Test
  void aTextThatIsRefusedIsNamedAsElsewhere() throws Exception {
    Rows[] tables = {
      Rows.of(SCHEMA, Rows.row("a", "10"), Rows.row("a", null), Rows.row("a", "10")),
      Rows.of(SCHEMA, Rows.row("a", "10"), Rows.row("a", "no number"), Rows.row("a", "10"))
    };
    Operator modulo = new HashBucket(Columns.of("many"), 7, 0, HashBucket.Hash.MODULO);
    try (Engine engine = Engine.open()) {
      PipelineException e =
          assertThrows(
              PipelineException.class,
              () -> engine.run(Pipeline.read(new ParquetSource(file(tables))).then(modulo)));
      assertTrue(
          e.getMessage().contains("row 4") && e.getMessage().contains("'no number'"),
          e.getMessage());
    }
  }
}
