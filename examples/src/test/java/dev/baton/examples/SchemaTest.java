package dev.baton.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Types;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Sink;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.io.Tables;
import dev.baton.operators.io.arrow.ArrowSink;
import dev.baton.operators.io.arrow.ArrowSource;
import dev.baton.operators.io.csv.CsvSink;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.io.jdbc.JdbcSink;
import dev.baton.operators.io.jdbc.JdbcSource;
import dev.baton.operators.json.JsonlSink;
import dev.baton.operators.json.JsonlSource;
import dev.baton.operators.parquet.ParquetSink;
import dev.baton.operators.parquet.ParquetSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every source of columns is checked against the schema it is given. */
class SchemaTest {
  private static final Rows TABLE =
      Rows.of(
          Rows.schema("id", Types.INT64, "score", Types.FLOAT64, "name", Types.UTF8),
          Rows.row(1L, 0.5, "a"),
          Rows.row(2L, null, "b"),
          Rows.row(null, 1.5, null));
  private static final Map<String, String> RIGHT =
      Map.of("name", "utf8", "score", "float64", "id", "int64");

  @TempDir Path folder;

  private Map<String, Source> sources() throws Exception {
    Path parquet = folder.resolve("t.parquet");
    Path arrow = folder.resolve("t.arrow");
    Path csv = folder.resolve("t.csv");
    Path jsonl = folder.resolve("t.jsonl");
    String url = "jdbc:h2:" + folder.resolve("db");
    for (Sink sink :
        List.of(
            new CsvSink(csv),
            new JsonlSink(jsonl),
            new ArrowSink(arrow),
            new ParquetSink(parquet),
            new JdbcSink(url, "t").withCreate())) {
      Tables.write(sink, TABLE);
    }
    Map<String, Source> sources = new LinkedHashMap<>();
    sources.put("csv", new CsvSource(csv));
    sources.put("jsonl", new JsonlSource(jsonl));
    sources.put("arrow", new ArrowSource(arrow));
    sources.put("parquet", new ParquetSource(parquet));
    sources.put("jdbc", new JdbcSource(url, "t").withOrder("id"));
    return sources;
  }

  @Test
  void theColumnsDeclaredAreReadAndAllOthersRefusedAtOnce() throws Exception {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("id", "date");
    wrong.put("label", "utf8");
    wrong.put("score", "float64");
    for (Map.Entry<String, Source> source : sources().entrySet()) {
      Rows rows = Tables.read(source.getValue().withSchema(RIGHT));
      assertEquals(3, rows.size(), source.getKey());
      boolean text = List.of("csv", "jsonl").contains(source.getKey());
      assertEquals(
          "the columns of the source are not those of its 'schema':\n"
              // A text can be of any type until its values are looked at.
              + (text ? "" : "  column 'id': expected date but found int64\n")
              + "  column 'label': expected utf8 but it is missing\n"
              + "  column 'name': expected none but found utf8",
          assertThrows(
                  SourceException.class, () -> source.getValue().withSchema(wrong).open().close())
              .getMessage(),
          source.getKey());
    }
  }

  @Test
  void typesOfTextAreThoseDeclaredAndNotGuessed() throws Exception {
    Map<String, String> schema = Map.of("id", "int8", "score", "utf8", "name", "utf8");
    Map<String, Source> sources = sources();
    for (String format : List.of("csv", "jsonl")) {
      try (OpenSource open = sources.get(format).withSchema(schema).open()) {
        for (Field field : open.schema().getFields()) {
          assertEquals(schema.get(field.getName()), Types.name(field.getType()), format);
        }
      }
      assertEquals(
          "0.5",
          Tables.read(sources.get(format).withSchema(schema)).column("score").get(0),
          format);
    }
  }

  @Test
  void everyFileOfAFolderIsChecked() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data/day=1"));
    Files.writeString(data.resolve("1.csv"), "id,name\n1,x\n");
    Files.writeString(data.resolve("2.csv"), "name,id\ny,2\n");
    Source source = new CsvSource(folder.resolve("data"));
    Map<String, String> schema = Map.of("id", "int32", "name", "utf8", "day", "int64");
    assertEquals(List.of(1, 2), Tables.read(source.withSchema(schema)).column("id"));
    assertEquals(
        "the columns of the source are not those of its 'schema':\n"
            + "  column 'day': expected none but found int64",
        assertThrows(
                SourceException.class,
                source.withSchema(Map.of("id", "int32", "name", "utf8"))::open)
            .getMessage());
  }

  @Test
  @Tag("process")
  void workerProcessesReadThemWithTheTypesDeclared() throws Exception {
    Source source =
        sources().get("csv").withSchema(Map.of("id", "int8", "score", "utf8", "name", "utf8"));
    RunOptions inline = RunOptions.defaults().withMode(ExecutionMode.inline()).withDigest();
    try (Engine engine = Engine.open()) {
      Pipeline pipeline = Pipeline.read(source.repeat(2));
      assertEquals(
          engine.run(pipeline, inline).digest(),
          engine.run(pipeline, inline.withMode(ExecutionMode.processes(2))).digest());
    }
  }
}
