package dev.baton.engine.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names of a batch's columns and where they are. Kernels ask for columns and change them all
 * the time, for every single row that is scored, so the few names of a usual batch are searched by
 * their hash codes, which costs less than keeping a map; many get a map when they are asked for.
 */
final class ColumnIndex {
  private static final int FEW = 64;

  private final List<String> names = new ArrayList<>();
  private int[] hashes = new int[16];
  private Map<String, Integer> places;

  List<String> names() {
    return names;
  }

  /** The place of a name, or -1. */
  int position(String name) {
    if (names.size() > FEW) {
      return positionAmongMany(name);
    }
    int hash = name.hashCode();
    int size = names.size();
    for (int i = 0; i < size; i++) {
      if (hashes[i] == hash && names.get(i).equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private int positionAmongMany(String name) {
    if (places == null) {
      places = new HashMap<>();
      for (int i = 0; i < names.size(); i++) {
        places.put(names.get(i), i);
      }
    }
    return places.getOrDefault(name, -1);
  }

  void add(String name) {
    if (names.size() == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * hashes.length);
    }
    hashes[names.size()] = name.hashCode();
    names.add(name);
    places = null;
  }

  void set(int position, String name) {
    hashes[position] = name.hashCode();
    names.set(position, name);
    places = null;
  }

  void remove(int position) {
    names.remove(position);
    System.arraycopy(hashes, position + 1, hashes, position, names.size() - position);
    places = null;
  }

  void clear() {
    names.clear();
    places = null;
  }
}
