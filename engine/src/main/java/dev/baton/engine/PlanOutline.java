package dev.baton.engine;

import dev.baton.engine.batch.Types;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The passes a run would make over its source, found without reading data. Its text is a picture of
 * them.
 *
 * @param note what the source says of how it is read, or null
 * @param columns all columns of the source
 * @param passes fit passes in order, then the last one as far as it is known
 * @param output the columns the last pass gives; null when that depends on the data
 */
public record PlanOutline(String note, List<String> columns, List<Pass> passes, Schema output) {
  public PlanOutline {
    columns = List.copyOf(columns);
    passes = List.copyOf(passes);
  }

  /**
   * One pass over the source.
   *
   * @param reads the source columns it decodes
   * @param steps what it does to each batch, in order
   */
  public record Pass(List<String> reads, List<Step> steps) {
    public Pass {
      reads = List.copyOf(reads);
      steps = List.copyOf(steps);
    }
  }

  /**
   * A stage at work in a pass.
   *
   * @param number of the stage, from 1
   * @param name of its operator
   * @param fits whether it is fitted in this pass, or else applied
   * @param observes the columns it looks at when it is fitted
   * @param after the numbers of the estimators that had to be fitted before it could be
   * @param through the numbers of the estimators fitted in the same pass that will only fill what
   *     is missing in columns it looks at, which it is told in the end
   * @param state what it keeps of the data and how that grows; null when its Javadoc says nothing
   * @param exactness up to where what it keeps is exact, and what then; null when there is no bound
   */
  public record Step(
      int number,
      String name,
      boolean fits,
      List<String> observes,
      List<Integer> after,
      List<Integer> through,
      String state,
      String exactness) {
    public Step {
      observes = List.copyOf(observes);
      after = List.copyOf(after);
      through = List.copyOf(through);
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (note != null) {
      text.append("source\n  ").append(note).append('\n');
    }
    for (int i = 0; i < passes.size(); i++) {
      Pass pass = passes.get(i);
      boolean isLast = i == passes.size() - 1;
      text.append(isLast ? "last pass" : "fit pass " + (i + 1)).append('\n');
      text.append(
          String.format(
              "  reads %s (%d of %d columns)%n",
              String.join(", ", pass.reads()), pass.reads().size(), columns.size()));
      pass.steps().forEach(step -> append(text, step));
    }
    if (output == null) {
      return text.append("  the rest depends on the data\n").toString();
    }
    text.append("  gives\n");
    for (Field field : output.getFields()) {
      text.append("    ").append(field.getName()).append(' ');
      text.append(Types.name(field.getType())).append('\n');
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Step step) {
    text.append(step.fits() ? "  fit   " : "  apply ");
    text.append(step.number()).append(' ').append(step.name()).append('\n');
    if (!step.fits()) {
      return;
    }
    text.append("          on ").append(String.join(", ", step.observes()));
    appendNumbers(text, "; after ", step.after());
    appendNumbers(text, "; before the fill of ", step.through());
    text.append('\n');
    if (step.state() != null) {
      text.append("          keeps ").append(step.state()).append('\n');
    }
    if (step.exactness() != null) {
      text.append("          is ").append(step.exactness()).append('\n');
    }
  }

  private static void appendNumbers(StringBuilder text, String what, List<Integer> numbers) {
    if (!numbers.isEmpty()) {
      text.append(what).append(String.join(", ", numbers.stream().map(String::valueOf).toList()));
    }
  }
}
