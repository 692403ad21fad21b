package dev.baton.engine.internal.plan;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.lock.ObjectLock;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.SavedState;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.spi.WorkerScope;
import java.util.HashMap;
import java.util.Map;

/**
 * Merges the states of splits in the order of the splits, in whatever order they arrive. A state
 * that comes early waits here; there are never more of those than splits under way.
 */
final class OrderedMerge {
  private final BoundEstimator<?> estimator;
  private final ObjectLock lock;
  private final Map<Long, FitState<?>> early = new HashMap<>();
  private FitState<?> merged;
  private long next;

  OrderedMerge(BoundEstimator<?> estimator, ObjectLock lock) {
    this.estimator = estimator;
    this.lock = lock;
    this.merged = newState();
  }

  FitState<?> newState() {
    return estimator.newState().get();
  }

  /** Goes on from what was seen before the first split. */
  void goOnFrom(SavedState earlier) {
    earlier.restore(merged);
  }

  /** Everything seen; called when all splits are merged. */
  SavedState save() {
    return SavedState.of(merged);
  }

  void offer(long sequence, FitState<?> state, WorkerScope worker) {
    lock.lock(worker.lock());
    try {
      early.put(sequence, state);
      for (FitState<?> due = early.remove(next); due != null; due = early.remove(next)) {
        merge(merged, due);
        next++;
      }
    } finally {
      lock.unlock();
    }
  }

  // All states here were made by one estimator, so they are of one type.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static void merge(FitState into, FitState later) {
    into.merge(later);
  }

  /** Tells the state what stands where columns were missing; called when all splits are merged. */
  void fill(Batch row) {
    merged.fill(row);
  }

  /** What the state says of how exact it is, or null. */
  String exactness() {
    return merged.exactness();
  }

  /** What the estimator is fitted to; called when all splits are merged. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  Transform finish() {
    return (Transform) ((BoundEstimator) estimator).finish().apply(merged);
  }
}
