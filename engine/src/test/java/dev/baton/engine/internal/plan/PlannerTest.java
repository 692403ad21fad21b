package dev.baton.engine.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.PipelineException;
import dev.baton.engine.PlanOutline;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.TestOperators.Above;
import dev.baton.engine.testkit.TestOperators.Add;
import dev.baton.engine.testkit.TestOperators.Centre;
import dev.baton.engine.testkit.TestOperators.CentreKnown;
import dev.baton.engine.testkit.TestOperators.Copy;
import dev.baton.engine.testkit.TestOperators.Discovered;
import dev.baton.engine.testkit.TestOperators.FillMean;
import dev.baton.engine.testkit.TestOperators.Renamed;
import dev.baton.engine.testkit.TestOperators.Without;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final Schema SOURCE =
      Rows.schema("a", Types.FLOAT64, "b", Types.FLOAT64, "c", Types.FLOAT64, "text", Types.UTF8);

  private static List<String> plan(Operator... operators) {
    return new Explanation(SOURCE, List.of(operators))
        .passes().stream().map(PlannerTest::words).toList();
  }

  private static String words(Pass pass) {
    String steps =
        String.join(
            " ", pass.steps().stream().map(s -> s.stage().number() + s.stage().name()).toList());
    return String.join(",", pass.columns()) + ": " + steps;
  }

  @Test
  void independentEstimatorsShareAPass() {
    assertEquals(
        List.of("a,b: 1Centre 2Centre", "a,b,c,text: 1Centre 2Centre"),
        plan(new Centre(Columns.of("a")), new Centre(Columns.of("b"))));
  }

  @Test
  void anEstimatorWaitsForTheOneItDependsOn() {
    assertEquals(
        List.of("a: 1Centre", "a: 1Centre 2Centre", "a,b,c,text: 1Centre 2Centre"),
        plan(new Centre(Columns.of("a")), new Centre(Columns.of("a"))));
  }

  @Test
  void dependenceIsPassedOnByTransforms() {
    assertEquals(
        List.of(
            "a,b: 1Centre 4Centre",
            "a: 1Centre 2Copy 3Centre",
            "a,b,c,text: 1Centre 2Copy 3Centre 4Centre"),
        plan(
            new Centre(Columns.of("a")),
            new Copy("a", "d"),
            new Centre(Columns.of("d")),
            new Centre(Columns.of("b"))));
  }

  @Test
  void overwritingAColumnEndsItsDependence() {
    assertEquals(
        "a,b: 1Centre 2Copy 3Centre",
        plan(new Centre(Columns.of("a")), new Copy("b", "a"), new Centre(Columns.of("a"))).get(0));
  }

  @Test
  void aFitPassRunsOnlyWhatLeadsToAnEstimator() {
    assertEquals(
        "a: 2Add 3Centre",
        plan(new Copy("b", "d"), new Add("a", 1), new Centre(Columns.of("a")), new Add("c", 1))
            .get(0));
  }

  @Test
  void aFilterBeforeAnEstimatorRunsInItsPass() {
    assertEquals(
        "a,b: 1Above 2Centre",
        plan(new Above("b", 0), new Centre(Columns.of("a")), new Above("c", 0)).get(0));
  }

  @Test
  void aFilterOnAFittedColumnHoldsEverythingAfterItBack() {
    assertEquals(
        List.of("a: 1Centre", "a,b: 1Centre 2Above 3Centre", "a,b,c,text: 1Centre 2Above 3Centre"),
        plan(new Centre(Columns.of("a")), new Above("a", 0), new Centre(Columns.of("b"))));
  }

  @Test
  void columnsThatAreOnlyDroppedAreNotRead() {
    assertEquals(List.of("a,b: 1Without 2Without"), plan(new Without("c"), new Without("text")));
  }

  @Test
  void aColumnOverwrittenUnreadIsNotRead() {
    assertEquals(List.of("b,c,text: 1Copy"), plan(new Copy("b", "a")));
  }

  @Test
  void renamingFollowsAColumnToItsSource() {
    assertEquals(
        List.of("a: 1Renamed 2Centre", "a,b,c,text: 1Renamed 2Centre"),
        plan(new Renamed("a", "z"), new Centre(Columns.of("z"))));
  }

  @Test
  void aRenameAsksOnlyForTheColumnsThatAreNeeded() {
    assertEquals(
        "a: 1Renamed 3Centre",
        plan(new Renamed("a", "z"), new Renamed("b", "y"), new Centre(Columns.of("z"))).get(0));
  }

  @Test
  void renamingAPendingColumnHoldsNoOtherBack() {
    assertEquals(
        List.of("a,b: 1Centre 3Centre", "a: 1Centre 2Renamed 4Centre"),
        plan(
                new Centre(Columns.of("a")),
                new Renamed("a", "z"),
                new Centre(Columns.of("b")),
                new Centre(Columns.of("z")))
            .subList(0, 2));
  }

  @Test
  void whatLooksThroughAFillSharesItsPass() {
    assertEquals(
        List.of("a: 1FillMean 2CentreKnown", "a,b,c,text: 1FillMean 2CentreKnown"),
        plan(new FillMean("a"), new CentreKnown("a")));
    PlanOutline outline =
        new Explanation(SOURCE, List.of(new FillMean("a"), new CentreKnown("a"))).outline(null);
    PlanOutline.Step step = outline.passes().get(0).steps().get(1);
    assertEquals(List.of(1), step.through());
    assertEquals(List.of(), step.after());
    assertTrue(outline.toString().contains("on a; before the fill of 1\n"), outline.toString());
  }

  @Test
  void onlyAFillIsLookedThrough() {
    assertEquals(3, plan(new Centre(Columns.of("a")), new CentreKnown("a")).size());
    assertEquals(3, plan(new FillMean("a"), new Centre(Columns.of("a"))).size());
    assertEquals(3, plan(new FillMean("a"), new Add("a", 1), new CentreKnown("a")).size());
    assertEquals(3, plan(new FillMean("a"), new Copy("a", "d"), new CentreKnown("d")).size());
    assertEquals(3, plan(new FillMean("a"), new FillMean("a")).size());
    assertEquals(
        List.of("a: 1FillMean 2CentreKnown", "a: 1FillMean 2CentreKnown 3CentreKnown"),
        plan(new FillMean("a"), new CentreKnown("a"), new CentreKnown("a")).subList(0, 2));
    assertEquals(3, plan(new FillMean("a"), new Above("a", 0), new CentreKnown("a")).size());
  }

  @Test
  void rowsThatAKnownColumnLeavesOutAreLeftOutBeforeTheFill() {
    assertEquals(
        "a,b: 1FillMean 2Above 3CentreKnown",
        plan(new FillMean("a"), new Above("b", 0), new CentreKnown("a")).get(0));
  }

  @Test
  void aPatternWaitsUntilAllColumnsAreKnown() {
    List<Operator> operators =
        List.of(
            new Without("text"), new Discovered("a"), new Centre(Columns.of(TypeFamily.FLOATING)));
    Explanation explanation = new Explanation(SOURCE, operators);
    assertFalse(explanation.complete());
    assertEquals("a: 2Discovered", words(explanation.passes().get(0)));

    Planner planner = new Planner(SOURCE, operators);
    Pass first = planner.next();
    planner.fitted(first.observing().get(0).stage(), new Copy("a", "a_7"));
    Pass second = planner.next();
    assertEquals("a,b,c: 2Discovered 3Centre", words(second));
  }

  @Test
  void namedColumnsNeedNotWaitForUnknownOnes() {
    assertEquals(
        "a,b: 1Discovered 2Centre", plan(new Discovered("a"), new Centre(Columns.of("b"))).get(0));
  }

  @Test
  void aPipelineWithoutEstimatorsHasOnePassKnownEntirely() {
    Explanation explanation = new Explanation(SOURCE, List.of(new Add("a", 1)));
    assertTrue(explanation.complete());
    assertEquals(SOURCE, explanation.passes().get(0).output());
  }

  @Test
  void anErrorNamesTheStageAndTheRemedy() {
    PipelineException e =
        assertThrows(
            PipelineException.class, () -> plan(new Add("a", 1), new Centre(Columns.of("text"))));
    assertEquals(
        "stage 2 (Centre): column 'text' is utf8 but must be numeric;"
            + " choose other columns or put a cast before this stage",
        e.getMessage());
  }
}
