package dev.baton.operators.combine;

/**
 * Finds what a group carries into a split or batch: the entries of each group, in the order in
 * which rows pass. Immutable.
 */
final class CarryIndex {
  private final int[] starts;
  private final int[] entries;
  private final long[] units;
  private final boolean descending;

  /**
   * @param groups how many there are
   * @param entryGroups the group of each entry
   * @param unitEnds how many entries there are up to the end of each unit
   * @param descending whether units pass from the last to the first
   */
  CarryIndex(int groups, LongList entryGroups, LongList unitEnds, boolean descending) {
    this.descending = descending;
    this.starts = new int[groups + 1];
    for (int i = 0; i < entryGroups.size(); i++) {
      starts[(int) entryGroups.get(i) + 1]++;
    }
    for (int g = 0; g < groups; g++) {
      starts[g + 1] += starts[g];
    }
    this.entries = new int[entryGroups.size()];
    this.units = new long[entryGroups.size()];
    int[] at = starts.clone();
    for (int n = 0; n < unitEnds.size(); n++) {
      int unit = descending ? unitEnds.size() - 1 - n : n;
      int end = (int) unitEnds.get(unit);
      for (int i = unit == 0 ? 0 : (int) unitEnds.get(unit - 1); i < end; i++) {
        int place = at[(int) entryGroups.get(i)]++;
        entries[place] = i;
        units[place] = unit;
      }
    }
  }

  /** The place of a group's first entry. */
  int start(int group) {
    return starts[group];
  }

  /** The place after a group's last entry of the units that pass before {@code unit}. */
  int end(int group, long unit) {
    int low = starts[group];
    int high = starts[group + 1];
    while (low < high) {
      int middle = low + high >>> 1;
      if (descending ? units[middle] > unit : units[middle] < unit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The entry at a place. */
  int entry(int place) {
    return entries[place];
  }
}
