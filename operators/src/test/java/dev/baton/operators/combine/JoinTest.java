package dev.baton.operators.combine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.source.Source;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.combine.Join.Missing;
import dev.baton.operators.io.csv.CsvSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinTest extends OperatorContract {
  private static final Map<String, Object[]> WORDS = new HashMap<>();

  static {
    WORDS.put("a", new Object[] {1L, "first"});
    WORDS.put("red", new Object[] {null, "a colour, \"red\""});
    WORDS.put("Red", new Object[] {3L, null});
    WORDS.put(" ", new Object[] {4L, "blank, and a text that is longer than a word or two"});
  }

  @TempDir static Path folder;

  @BeforeAll
  static void write() throws IOException {
    StringBuilder words = new StringBuilder("rank,word,meaning\n");
    WORDS.forEach(
        (word, row) ->
            words
                .append(row[0] == null ? "" : row[0])
                .append(",\"")
                .append(word)
                .append("\",")
                .append(row[1] == null ? "" : "\"" + row[1].toString().replace("\"", "\"\"") + "\"")
                .append('\n'));
    words.append("9,,without a key\n");
    Files.writeString(folder.resolve("words.csv"), words);
    Files.writeString(folder.resolve("twice.csv"), "s,n\nx,1\ny,2\nx,3\n");
    Files.writeString(
        folder.resolve("pairs.csv"), "n,flag,value\n1,true,1.5\n1,false,2.5\n2,true,\n");
  }

  private static Source table(String name) {
    return new CsvSource(folder.resolve(name));
  }

  @Override
  protected Operator operator() {
    return new Join(Columns.of("s"), table("words.csv"), List.of("word"), List.of(), Missing.NULL);
  }

  @Override
  protected Schema input() {
    return Rows.schema("x", Types.FLOAT64, "s", Types.UTF8);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    return join(rows);
  }

  private static Rows join(Rows rows) {
    List<Object> ranks = new ArrayList<>();
    List<Object> meanings = new ArrayList<>();
    for (Object key : rows.column("s")) {
      Object[] found = WORDS.getOrDefault(key, new Object[2]);
      ranks.add(found[0]);
      meanings.add(found[1]);
    }
    return rows.with(Types.field("rank", Types.INT64), ranks)
        .with(Types.field("meaning", Types.UTF8), meanings);
  }

  @Nested
  class DroppingWhatIsMissing extends OperatorContract {
    @Override
    protected Operator operator() {
      return new Join(
          Columns.of("s"), table("words.csv"), List.of("word"), List.of("meaning"), Missing.DROP);
    }

    @Override
    protected Schema input() {
      return Rows.schema("s", Types.UTF8, "x", Types.INT32);
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      Rows found =
          new Rows(
              rows.schema(),
              rows.cells().stream().filter(row -> WORDS.containsKey(row[0])).toList());
      return join(found).without("rank");
    }
  }

  @Nested
  class BySeveralColumns extends OperatorContract {
    @Override
    protected Operator operator() {
      return new Join(Columns.of("flag", "n"), table("pairs.csv"));
    }

    @Override
    protected Schema input() {
      return Rows.schema("n", Types.INT8, "flag", Types.BOOL);
    }

    @Override
    protected Rows rows(int count, long seed, dev.baton.engine.testkit.RandomRows.Mix mix) {
      Rows rows = super.rows(count, seed, mix);
      return rows.with(
          Types.field("n", Types.INT8), "n", n -> n == null ? null : (Byte) (byte) ((Byte) n & 3));
    }

    @Override
    protected Rows expected(Rows seen, Rows rows) {
      List<Object> values = new ArrayList<>();
      for (Object[] row : rows.cells()) {
        values.add(
            row[0] == null || row[1] == null || (Byte) row[0] != 1
                ? null
                : (Object) ((Boolean) row[1] ? 1.5 : 2.5));
      }
      return rows.with(Types.field("value", Types.FLOAT64), values);
    }
  }

  private static String refusal(Schema schema, Join join) {
    return assertThrows(BindException.class, () -> Drive.declared(join, schema)).getMessage();
  }

  private static Join join(String table, List<String> tableOn, List<String> add) {
    return new Join(Columns.of("s"), table(table), tableOn, add, Missing.NULL);
  }

  @Test
  void whatDoesNotFitTheTableIsRefused() {
    Schema schema = Rows.schema("s", Types.UTF8, "rank", Types.INT64);
    assertEquals(
        "the table: no column 's'; valid are rank, word, meaning",
        refusal(schema, join("words.csv", List.of(), List.of())));
    assertEquals(
        "column 'rank' of the table is in the input too; rename or drop one, or name others in add",
        refusal(schema, join("words.csv", List.of("word"), List.of())));
    assertEquals(
        "column 's' is utf8 but 'rank' of the table is int64; put a cast before this stage",
        refusal(schema, join("words.csv", List.of("rank"), List.of("meaning"))));
    assertEquals(
        "the key has 1 columns [s] in the input and 2 in the table [word, rank]; name as many in"
            + " tableOn as on selects",
        refusal(schema, join("words.csv", List.of("word", "rank"), List.of("meaning"))));
  }

  @Test
  void aKeyThatOccursTwiceIsAnError() {
    Schema schema = Rows.schema("s", Types.UTF8);
    Rows rows = Rows.of(schema, Rows.row("x"));
    Join join = join("twice.csv", List.of(), List.of());
    BindException e = assertThrows(BindException.class, () -> drive.transform(join, rows));
    assertEquals(
        "the table has the key s=x more than once; put a deduplicate step into a pipeline that"
            + " writes it",
        e.getMessage());
  }

  @Test
  void aKeyThatIsMissingIsAnErrorOnRequest() {
    Schema schema = Rows.schema("s", Types.UTF8);
    Rows rows = Rows.of(schema, Rows.row("a"), Rows.row("blue"));
    Join join =
        new Join(Columns.of("s"), table("words.csv"), List.of("word"), List.of(), Missing.ERROR);
    ValueException e = assertThrows(ValueException.class, () -> drive.transform(join, rows));
    assertEquals(1, e.row());
    assertEquals(
        "expected a key that the table has but was 'blue'; set missing=null or missing=drop, or add"
            + " it to the table",
        e.getMessage());
  }

  @Test
  void aTableThatIsNotThereIsAnError() {
    String message = refusal(Rows.schema("s", Types.UTF8), join("none.csv", List.of(), List.of()));
    assertEquals("cannot read the table: ", message.substring(0, 23));
  }
}
