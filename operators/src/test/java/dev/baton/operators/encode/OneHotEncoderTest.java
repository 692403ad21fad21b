package dev.baton.operators.encode;

import static dev.baton.engine.testkit.Differences.assertSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.Golden;
import dev.baton.operators.encode.OneHotEncoder.Drop;
import dev.baton.operators.encode.OneHotEncoder.Nulls;
import dev.baton.operators.encode.OneHotEncoder.Unknown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OneHotEncoderTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new OneHotEncoder(Columns.of("colour", "number", "flagged"));
  }

  @Override
  protected Schema input() {
    return Categories.SCHEMA;
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String column : input().getFields().stream().map(f -> f.getName()).toList()) {
      List<Object> categories = Categories.of(seen, column);
      if (seen.column(column).contains(null)) {
        categories.add(null);
      }
      for (Object category : categories) {
        List<Byte> values = new ArrayList<>();
        for (Object value : rows.column(column)) {
          values.add((byte) (Objects.equals(value, category) ? 1 : 0));
        }
        result = result.with(Types.field(column + "_" + category, Types.INT8), values);
      }
      result = result.without(column);
    }
    return result;
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23})
  void givesWhatScikitLearnGives(int number) {
    List<String[]> lines = Golden.table(String.format("one_hot_%02d.tsv", number));
    Unknown unknown =
        switch (lines.get(0)[0]) {
          case "error" -> Unknown.ERROR;
          case "ignore" -> Unknown.IGNORE;
          default -> Unknown.INFREQUENT;
        };
    OneHotEncoder encoder =
        new OneHotEncoder(
            Columns.of("word", "number"),
            unknown,
            Double.parseDouble(lines.get(0)[1]),
            Integer.parseInt(lines.get(0)[2]),
            Nulls.CATEGORY,
            Drop.NONE);
    Rows fit = Categories.golden("categories_fit.tsv");
    Rows rows = Categories.golden("categories_rows.tsv").slice(0, lines.size() - 2);
    Object[] schema = new Object[2 * lines.get(1).length];
    for (int i = 0; i < lines.get(1).length; i++) {
      schema[2 * i] = lines.get(1)[i];
      schema[2 * i + 1] = Types.INT8;
    }
    List<Object[]> cells = new ArrayList<>();
    for (String[] line : lines.subList(2, lines.size())) {
      Object[] cell = new Object[line.length];
      for (int i = 0; i < cell.length; i++) {
        cell[i] = Byte.valueOf(line[i]);
      }
      cells.add(cell);
    }
    Transform transform = drive.fit(encoder, fit.schema(), List.of(fit));
    assertSame(new Rows(Rows.schema(schema), cells), drive.transform(transform, rows), "golden");
  }

  @ParameterizedTest
  @EnumSource(
      value = Drop.class,
      names = {"FIRST", "IF_BINARY"})
  void dropsWhatScikitLearnDrops(Drop drop) {
    List<String[]> lines =
        Golden.table("one_hot_drop_" + drop.name().toLowerCase(Locale.ROOT) + ".tsv");
    List<Object[]> cells = new ArrayList<>();
    lines.subList(1, lines.size()).forEach(l -> cells.add(Rows.row(l[0], l[1], l[2])));
    Rows rows = new Rows(Rows.schema("p", Types.UTF8, "q", Types.UTF8, "r", Types.UTF8), cells);
    OneHotEncoder encoder =
        new OneHotEncoder(Columns.all(), Unknown.ERROR, 0, 0, Nulls.CATEGORY, drop);
    Rows encoded = drive.fitAndTransform(encoder, rows);
    List<String> names =
        Arrays.stream(lines.get(0)).map(name -> name.replace("None", "null")).toList();
    assertEquals(names, encoded.names());
    for (int row = 0; row < rows.size(); row++) {
      String[] hot = lines.get(row + 1)[3].split(" ");
      for (int i = 0; i < hot.length; i++) {
        assertEquals(Byte.valueOf(hot[i]), encoded.get(row, names.get(i)), names.get(i));
      }
    }
  }

  private Rows encode(OneHotEncoder encoder, String seen, String letters) {
    Rows fit = Categories.letters(seen);
    return drive.transform(
        drive.fit(encoder, fit.schema(), List.of(fit)), Categories.letters(letters));
  }

  private static OneHotEncoder letters(Unknown unknown, double minFrequency, Nulls nulls) {
    return new OneHotEncoder(Columns.of("letter"), unknown, minFrequency, 0, nulls, Drop.NONE);
  }

  @Test
  void nullsCanBeZerosInAllColumns() {
    Rows encoded = encode(letters(Unknown.ERROR, 0, Nulls.ZEROS), "ab..", "b.");
    assertEquals(List.of("letter_a", "letter_b"), encoded.names());
    assertEquals(List.of((byte) 0, (byte) 0), encoded.column("letter_a"));
    assertEquals(List.of((byte) 1, (byte) 0), encoded.column("letter_b"));
  }

  @Test
  void rareNullsShareTheColumnOfTheInfrequent() {
    Rows encoded = encode(letters(Unknown.IGNORE, 2, Nulls.CATEGORY), "aabb.c", "a.cx");
    assertEquals(List.of("letter_a", "letter_b", "letter_infrequent"), encoded.names());
    assertEquals(
        List.of((byte) 0, (byte) 1, (byte) 1, (byte) 0), encoded.column("letter_infrequent"));
  }

  @Test
  void theFirstColumnCanBeLeftOut() {
    OneHotEncoder encoder =
        new OneHotEncoder(Columns.of("letter"), Unknown.ERROR, 0, 0, Nulls.CATEGORY, Drop.FIRST);
    Rows encoded = encode(encoder, "abc", "abca");
    assertEquals(List.of("letter_b", "letter_c"), encoded.names());
    assertEquals(List.of((byte) 0, (byte) 1, (byte) 0, (byte) 0), encoded.column("letter_b"));
    assertEquals(List.of(), encode(encoder, "..", "..").names());
  }

  @Test
  void anUnknownValueIsAnErrorNamingTheNearestAndTheRemedy() {
    Rows fit = Rows.of(Rows.schema("city", Types.UTF8), Rows.row("Boston"), Rows.row("Austin"));
    Rows bad = Rows.of(fit.schema(), Rows.row("Austin"), Rows.row("Bostn"));
    OneHotEncoder encoder = new OneHotEncoder(Columns.of("city"));
    Transform transform = drive.fit(encoder, fit.schema(), List.of(fit));
    ValueException e = assertThrows(ValueException.class, () -> drive.transform(transform, bad));
    assertEquals("city", e.column());
    assertEquals(1, e.row());
    assertEquals(
        "expected a category seen at fit but was 'Bostn', did you mean 'Boston'? Else set"
            + " unknown=ignore or fit on data that has it",
        e.getMessage());
  }

  @Test
  void anUnknownNullIsAnErrorNamingTheRemedy() {
    ValueException e =
        assertThrows(
            ValueException.class,
            () -> encode(letters(Unknown.ERROR, 0, Nulls.CATEGORY), "ab", "ab."));
    assertEquals(2, e.row());
    assertEquals(
        "expected a category seen at fit but was null; put an imputer before, or set"
            + " unknown=ignore or fit on data that has it",
        e.getMessage());
  }

  @Test
  void aNewColumnOfAnExistingNameIsAnError() {
    Rows rows = Rows.of(Rows.schema("a", Types.UTF8, "a_x", Types.INT32), Rows.row("x", 1));
    BindException e =
        assertThrows(
            BindException.class,
            () -> drive.fitAndTransform(new OneHotEncoder(Columns.of("a")), rows));
    assertEquals(
        "one-hot encoding of 'a' makes a column 'a_x', but there is one already; rename one of the"
            + " two before this stage",
        e.getMessage());
  }

  @Test
  void limitsThatAreNeitherACountNorAShareAreErrors() {
    for (double frequency : new double[] {-1, 1.5, 1e10, Double.NaN}) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> letters(Unknown.ERROR, frequency, Nulls.CATEGORY));
      assertEquals(
          "minFrequency must be a whole number of rows or a share of them below 1 but was "
              + frequency
              + "; 0 or 1 turns it off",
          e.getMessage());
    }
  }
}
