package dev.baton.operators.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.Rows;
import dev.baton.operators.Golden;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class LabelEncoderTest extends OperatorContract {
  @Override
  protected Operator operator() {
    return new LabelEncoder("colour");
  }

  @Override
  protected Schema input() {
    return Rows.schema("colour", Types.UTF8, "other", Types.INT32);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    List<Object> classes = Categories.of(seen, "colour");
    return rows.with(
        Types.field("colour", Types.INT32),
        "colour",
        value -> value == null ? null : (Object) classes.indexOf(value));
  }

  @Test
  void givesWhatScikitLearnGives() {
    List<Object[]> cells = new ArrayList<>();
    List<Object> codes = new ArrayList<>();
    for (String[] line : Golden.table("label_encoder.tsv")) {
      cells.add(Rows.row(line[0]));
      codes.add(Integer.valueOf(line[1]));
    }
    Rows rows = new Rows(Rows.schema("word", Types.UTF8), cells);
    assertEquals(codes, drive.fitAndTransform(new LabelEncoder("word"), rows).column("word"));
  }

  @Test
  void anUnknownClassIsAnErrorNamingTheRemedy() {
    Rows fit = Categories.letters("ab");
    Transform transform = drive.fit(new LabelEncoder("letter"), fit.schema(), List.of(fit));
    ValueException e =
        assertThrows(
            ValueException.class, () -> drive.transform(transform, Categories.letters("bac")));
    assertEquals(2, e.row());
    assertEquals(
        "expected a category seen at fit but was 'c', did you mean 'a'? Else set unknown=value of"
            + " an ordinal-encoder or fit on data that has it",
        e.getMessage());
  }
}
