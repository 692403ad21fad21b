package dev.baton.cli.lab;

import dev.baton.cli.Table;
import java.util.List;

/**
 * What an experiment has found.
 *
 * @param sheets tables of figures
 * @param charts pictures of them
 * @param paragraph what the figures say, the inconvenient ones too, computed from them
 * @param emulation what of this is Baton's emulation of CPython and what the JVM itself
 * @param checks what is expected of the figures
 */
public record Findings(
    List<Sheet> sheets,
    List<Chart> charts,
    String paragraph,
    String emulation,
    List<Check> checks) {
  public Findings {
    sheets = List.copyOf(sheets);
    charts = List.copyOf(charts);
    checks = List.copyOf(checks);
  }

  /** A table and what it is about. */
  public record Sheet(String title, Table table) {}
}
