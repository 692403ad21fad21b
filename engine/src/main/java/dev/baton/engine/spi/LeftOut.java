package dev.baton.engine.spi;

import dev.baton.engine.RunReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Splits that a run goes on without, since they ended worker after worker. Thread-safe. */
public final class LeftOut {
  private final Set<Long> splits = new HashSet<>();
  private final List<String> files = new ArrayList<>();
  private long rows;

  /**
   * Leaves a split out, what is left of it in this pass and all of it in later ones.
   *
   * @param leftRows how many rows that is
   * @param file where they are
   */
  public synchronized void add(long sequence, long leftRows, String file) {
    splits.add(sequence);
    rows += leftRows;
    files.add(file);
  }

  public synchronized boolean has(long sequence) {
    return splits.contains(sequence);
  }

  /** All so far. */
  public synchronized RunReport.LeftOut report() {
    return new RunReport.LeftOut(splits.size(), rows, List.copyOf(files));
  }
}
