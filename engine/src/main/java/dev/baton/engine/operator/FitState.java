package dev.baton.engine.operator;

import dev.baton.engine.batch.Batch;

/**
 * What an estimator remembers of the rows it has seen. Each split of the input is observed into a
 * state of its own and the states are merged in the order of the splits, whatever the execution
 * mode, so that a state whose {@code merge} rounds still gives the same bits every time.
 *
 * <p>They are merged into a new state that observes nothing itself: {@code merge} is called once
 * for each split, also for one without rows. A state that appends what it is given to a list so
 * has, at the end, an entry for each split, at the place of {@link Kernel#start}'s number.
 *
 * <p>Not thread-safe: the engine confines a state to a thread or guards it by the lock policy.
 *
 * @param <S> the state's own type
 */
public interface FitState<S extends FitState<S>> {
  /** Takes account of one batch, which is only borrowed. */
  void observe(Batch batch);

  /**
   * Takes account of everything {@code later}, the state of the next split, has seen; {@code later}
   * is not used afterwards.
   */
  void merge(S later);

  /** Writes everything seen, so that another process can go on from there. */
  void write(StateWriter out);

  /**
   * Takes over what {@link #write} wrote, exactly: called on a state that the same estimator has
   * just made, in another process perhaps.
   */
  void read(StateReader in);

  /**
   * Takes account of the values that will stand where columns were missing in the rows seen, for an
   * estimator that {@linkplain Binder#looksThroughFills looks through fills}. Called once, after
   * the last merge; the state is only finished then.
   *
   * @param row one row, only borrowed: of each column that another estimator fills, what it puts
   *     in; columns that are not there stay as they were seen
   */
  default void fill(Batch row) {
    throw new UnsupportedOperationException(getClass() + " does not look through fills");
  }

  /**
   * How exactly it keeps what it sees, in words for people: of a new state up to where it is exact,
   * of another whether it is. Null, as for most, where everything needed is kept without a bound.
   */
  default String exactness() {
    return null;
  }
}
