package dev.baton.engine.metrics;

import java.util.Comparator;

/**
 * A stage of a pass.
 *
 * @param number of the operator in the pipeline, from 1; 0 for all that is no operator
 * @param name of the operator, or what the stage is: "source", "digest"
 */
public record StageName(int number, String name, Work work) {
  /** As batches go through them: operators by number, the engine last. */
  static final Comparator<StageName> ORDER =
      Comparator.<StageName, Work>comparing(
              stage -> stage.work == Work.OBSERVE ? Work.APPLY : stage.work)
          .thenComparing(StageName::number);

  /** A stage that is no operator. */
  static StageName of(Work work) {
    return new StageName(0, work == Work.DECODE ? "source" : work.id(), work);
  }

  /** As people read it: {@code 3 StandardScaler}, {@code source}. */
  @Override
  public String toString() {
    return number == 0 ? name : number + " " + name;
  }
}
