package dev.baton.ipc.worker;

import java.util.ArrayDeque;
import java.util.List;

/** The last lines a worker printed; bounded whatever it prints. Safe for use by many threads. */
final class OutputTail {
  static final int LINES = 40;
  static final int LINE_LENGTH = 1_000;

  private final ArrayDeque<String> lines = new ArrayDeque<>();

  synchronized void add(String line) {
    if (lines.size() == LINES) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }
}
