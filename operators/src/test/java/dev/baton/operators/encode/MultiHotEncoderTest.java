package dev.baton.operators.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.Drive;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.Golden;
import dev.baton.operators.encode.MultiHotEncoder.Output;
import dev.baton.operators.encode.MultiHotEncoder.Unknown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class MultiHotEncoderTest extends OperatorContract {
  static final List<Field> FIELDS =
      List.of(Types.listField("tags", Types.UTF8), Types.field("words", Types.UTF8));

  @Override
  protected Operator operator() {
    return new MultiHotEncoder(Columns.of("tags", "words"), "e", Output.COLUMNS, Unknown.IGNORE);
  }

  @Override
  protected Schema input() {
    return new Schema(FIELDS);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Rows result = rows;
    for (String column : List.of("tags", "words")) {
      for (Object label : labels(seen, column)) {
        result =
            result.with(
                Types.field(column + "_" + label, Types.INT8),
                column,
                value -> (byte) (of(value).contains(label) ? 1 : 0));
      }
    }
    return result.without("tags").without("words");
  }

  /** The labels of one value: of a list, or between letters e. */
  static List<?> of(Object value) {
    return value == null
        ? List.of()
        : value instanceof List<?> list
            ? list
            : Arrays.stream(((String) value).split("e")).filter(x -> !x.isEmpty()).toList();
  }

  /** All labels of a column, in order. */
  static List<Object> labels(Rows rows, String column) {
    TreeSet<Object> labels = new TreeSet<>(Categories.ORDER);
    rows.column(column).forEach(value -> labels.addAll(of(value)));
    return new ArrayList<>(labels);
  }

  private static Rows texts(String... texts) {
    List<Object[]> cells = new ArrayList<>();
    Arrays.stream(texts).forEach(text -> cells.add(Rows.row(text)));
    return new Rows(Rows.schema("t", Types.UTF8), cells);
  }

  @Test
  void givesWhatScikitLearnGives() {
    List<String[]> lines = Golden.table("multi_label.tsv");
    Rows rows =
        texts(lines.subList(1, lines.size()).stream().map(l -> l[0]).toArray(String[]::new));
    Rows hot = drive.fitAndTransform(new MultiHotEncoder(Columns.of("t")), rows);
    List<String> classes = List.of(lines.get(0)[0].split("\\|"));
    assertEquals(classes.stream().map(c -> "t_" + c).toList(), hot.names());
    for (int row = 0; row < rows.size(); row++) {
      String expected = lines.get(row + 1)[1];
      List<String> given = Arrays.stream(hot.cells().get(row)).map(Object::toString).toList();
      assertEquals(expected, String.join(" ", given), "row " + row);
    }
  }

  @Test
  void delimitersOfSeveralCharactersSeparateAndEmptyLabelsAreNone() {
    MultiHotEncoder operator =
        new MultiHotEncoder(Columns.of("t"), ", ", Output.LIST, Unknown.IGNORE);
    List<Object> given =
        drive
            .fitAndTransform(operator, texts("a, b", ", a, , ", "", null, "a,b", "b, a, b"))
            .column("t");
    assertEquals(
        Arrays.asList(hot(1, 0, 1), hot(1, 0, 0), hot(0, 0, 0), null, hot(0, 1, 0), hot(1, 0, 1)),
        given);
  }

  private static List<Byte> hot(int... values) {
    return Arrays.stream(values).mapToObj(value -> (byte) value).toList();
  }

  @Test
  void anUnknownLabelIsLeftOutOrAnErrorNamingTheNearest() {
    Rows fit = texts("red|green", "blue");
    Rows rows = texts("red", "blue|grene");
    MultiHotEncoder ignoring = new MultiHotEncoder(Columns.of("t"));
    Transform transform = drive.fit(ignoring, fit.schema(), List.of(fit));
    assertEquals(List.of((byte) 0, (byte) 1), drive.transform(transform, rows).column("t_blue"));
    MultiHotEncoder strict =
        new MultiHotEncoder(Columns.of("t"), "|", Output.COLUMNS, Unknown.ERROR);
    Transform refusing = drive.fit(strict, fit.schema(), List.of(fit));
    ValueException e = assertThrows(ValueException.class, () -> drive.transform(refusing, rows));
    assertEquals("t", e.column());
    assertEquals(1, e.row());
    assertEquals(
        "expected a label seen at fit but was 'grene', did you mean 'green'? Else set"
            + " unknown=ignore or fit on data that has it",
        e.getMessage());
  }

  @Test
  void aListOfOtherThingsIsAnError() {
    Schema schema = new Schema(List.of(Types.listField("n", Types.INT32)));
    BindException e =
        assertThrows(
            BindException.class,
            () -> Drive.declared(new MultiHotEncoder(Columns.of("n")), schema));
    assertEquals(
        "column 'n' is a list of int32 but must be text or lists of text; choose other columns or"
            + " put a cast before this stage",
        e.getMessage());
    assertEquals(
        "delimiter must have at least one character",
        assertThrows(
                IllegalArgumentException.class,
                () -> new MultiHotEncoder(Columns.of("n"), "", Output.LIST, Unknown.IGNORE))
            .getMessage());
  }
}
