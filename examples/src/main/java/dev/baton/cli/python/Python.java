package dev.baton.cli.python;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Python on this machine.
 *
 * @param command the file to run
 * @param implementation such as CPython, PyPy
 * @param version such as 3.13.5
 * @param freeThreaded whether it was built to run without a global lock
 */
public record Python(Path command, String implementation, String version, boolean freeThreaded) {
  /** The oldest with all that the scripts use. */
  static final int OLDEST_MINOR = 8;

  /** CPython first, then by version, those without a lock after those with one. */
  static final Comparator<Python> ORDER =
      Comparator.comparing((Python python) -> !python.implementation().equals("CPython"))
          .thenComparing(Python::implementation)
          .thenComparing(Python::minor)
          .thenComparing(Python::freeThreaded)
          .thenComparing(Python::patch);

  /** {@code CPython 3.13.5, free-threaded}. */
  public String name() {
    return implementation + " " + version + (freeThreaded ? ", free-threaded" : "");
  }

  int minor() {
    return number(1);
  }

  int patch() {
    return number(2);
  }

  private int number(int part) {
    List<String> parts = Stream.of(version.split("\\.", -1)).toList();
    String digits = part < parts.size() ? parts.get(part).replaceAll("\\D.*", "") : "";
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }
}
