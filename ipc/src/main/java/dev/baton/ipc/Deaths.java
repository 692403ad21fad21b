package dev.baton.ipc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How workers ended, by the split that is blamed for it. */
final class Deaths {
  private final Map<Long, List<Death>> bySplit = new HashMap<>();

  /**
   * One end of a worker.
   *
   * @param what for messages
   * @param there whether it is known that the worker was at that split
   * @param stage where it was then; 0 is the source
   */
  record Death(String what, boolean there, int stage) {}

  /** Adds one; returns how many the split is blamed for now. */
  int add(long sequence, Death death) {
    List<Death> its = bySplit.computeIfAbsent(sequence, x -> new ArrayList<>());
    its.add(death);
    return its.size();
  }

  List<Death> of(long sequence) {
    return bySplit.getOrDefault(sequence, List.of());
  }

  /** Forgets those of a split that is done. */
  void forget(long sequence) {
    bySplit.remove(sequence);
  }
}
