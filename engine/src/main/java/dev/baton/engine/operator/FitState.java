package dev.baton.engine.operator;

import dev.baton.engine.batch.Batch;

/**
 * What an estimator remembers of the rows it has seen. Each split of the input is observed into a
 * state of its own and the states are merged in the order of the splits, whatever the execution
 * mode, so that a state whose {@code merge} rounds still gives the same bits every time.
 *
 * <p>Not thread-safe: the engine confines a state to a thread or guards it by the lock policy.
 *
 * @param <S> the state's own type
 */
public interface FitState<S extends FitState<S>> {
  /** Takes account of one batch, which is only borrowed. */
  void observe(Batch batch);

  /** Takes account of everything {@code later} has seen; {@code later} is not used afterwards. */
  void merge(S later);

  /** Writes everything seen, so that another process can go on from there. */
  void write(StateWriter out);

  /**
   * Takes over what {@link #write} wrote, exactly: called on a state that the same estimator has
   * just made, in another process perhaps.
   */
  void read(StateReader in);
}
