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
import dev.baton.operators.encode.OrdinalEncoder.Order;
import dev.baton.operators.encode.OrdinalEncoder.Unknown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrdinalEncoderTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new OrdinalEncoder(Columns.of("colour", "number", "flagged", "size"));
  }

  @Override
  protected Schema input() {
    return Categories.FLOAT_SCHEMA;
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String column : rows.names()) {
      List<Object> categories = Categories.of(seen, column);
      result =
          result.with(
              Types.field(column, Types.INT32),
              column,
              value ->
                  Categories.plain(value) == null
                      ? null
                      : (Object) categories.indexOf(Categories.plain(value)));
    }
    return result;
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
        25, 26, 27
      })
  void givesWhatScikitLearnGives(int number) {
    List<String[]> lines = Golden.table(String.format("ordinal_%02d.tsv", number));
    String[] parameters = lines.get(0);
    OrdinalEncoder encoder =
        new OrdinalEncoder(
            Columns.of("word", "number"),
            parameters[0].equals("error") ? Unknown.ERROR : Unknown.VALUE,
            -1,
            Order.SORTED,
            Double.parseDouble(parameters[1]),
            Integer.parseInt(parameters[2]),
            integer(parameters[3]));
    Rows fit = Categories.golden("categories_fit.tsv");
    Rows rows = Categories.golden("categories_rows.tsv").slice(0, lines.size() - 1);
    List<Object[]> cells = new ArrayList<>();
    for (String[] line : lines.subList(1, lines.size())) {
      cells.add(Rows.row(integer(line[0]), integer(line[1])));
    }
    Transform transform = drive.fit(encoder, fit.schema(), List.of(fit));
    Schema schema = Rows.schema("word", Types.INT32, "number", Types.INT32);
    assertSame(new Rows(schema, cells), drive.transform(transform, rows), "golden");
  }

  private static Integer integer(String text) {
    return text == null ? null : Integer.valueOf(text);
  }

  private List<Object> encode(OrdinalEncoder encoder, String seen, String letters) {
    Rows fit = Categories.letters(seen);
    Transform transform = drive.fit(encoder, fit.schema(), List.of(fit));
    return drive.transform(transform, Categories.letters(letters)).column("letter");
  }

  @Test
  void theShareOfTheRareCountsNullsAmongTheRows() {
    for (Unknown unknown : new Unknown[] {Unknown.VALUE, Unknown.INFREQUENT}) {
      OrdinalEncoder encoder =
          new OrdinalEncoder(Columns.of("letter"), unknown, -1, Order.SORTED, 0.25, 0, null);
      // A quarter of ten rows is two and a half.
      assertEquals(Arrays.asList(0, 1, 1), encode(encoder, "aaabbcc...", "abc"));
      assertEquals(Arrays.asList(0, 1, 2), encode(encoder, "aaabbccc", "abc"));
    }
  }

  private static OrdinalEncoder letters(Unknown unknown, int unknownValue, Order order) {
    return new OrdinalEncoder(Columns.of("letter"), unknown, unknownValue, order, 2, 0, null);
  }

  @Test
  void frequentCategoriesCanComeFirstAndEqualOnesAscend() {
    OrdinalEncoder encoder = letters(Unknown.VALUE, -1, Order.FREQUENCY);
    assertEquals(
        Arrays.asList(3, 1, 0, 2, null, 3, -1), encode(encoder, "aqbbcccddbcc..", "abcd.qx"));
  }

  @Test
  void unknownValuesCanShareTheCodeOfTheRare() {
    OrdinalEncoder encoder = letters(Unknown.INFREQUENT, -1, Order.SORTED);
    assertEquals(Arrays.asList(2, 0, 1, 2, null), encode(encoder, "abbcc", "abcx."));
    assertEquals(Arrays.asList(1, 0), encode(encoder, "bb", "xb"));
  }

  @Test
  void anUnknownValueIsAnErrorNamingTheNearestAndTheRemedy() {
    Rows fit = Rows.of(Rows.schema("size", Types.INT32), Rows.row(10), Rows.row(20));
    Rows bad = Rows.of(fit.schema(), Rows.row(10), Rows.row((Object) null), Rows.row(21));
    OrdinalEncoder encoder = new OrdinalEncoder(Columns.of("size"));
    Transform transform = drive.fit(encoder, fit.schema(), List.of(fit));
    ValueException e = assertThrows(ValueException.class, () -> drive.transform(transform, bad));
    assertEquals("size", e.column());
    assertEquals(2, e.row());
    assertEquals(
        "expected a category seen at fit but was '21', did you mean '20'? Else set unknown=value of"
            + " an ordinal-encoder or fit on data that has it",
        e.getMessage());
  }

  @Test
  void aCodeForUnknownValuesThatACategoryHasIsAnError() {
    BindException e =
        assertThrows(
            BindException.class,
            () -> encode(letters(Unknown.VALUE, 2, Order.SORTED), "aabbcd", "a"));
    assertEquals(
        "unknownValue 2 is also the code of a category of column 'letter', which has codes 0 to 2;"
            + " set a negative one",
        e.getMessage());
    assertEquals(List.of(3), encode(letters(Unknown.VALUE, 3, Order.SORTED), "aabbcd", "x"));
  }
}
