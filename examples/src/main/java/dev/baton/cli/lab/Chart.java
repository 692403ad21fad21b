package dev.baton.cli.lab;

import java.util.List;

/**
 * A picture of figures. A {@code group} decides the colour: the id of a lock policy, {@code
 * processes}, {@code event-loop}, or {@code python} for figures of CPython, which are drawn apart.
 */
public sealed interface Chart {
  /** What it shows, as a heading. */
  String title();

  /**
   * One bar for each figure.
   *
   * @param axis what is measured and its unit
   */
  record Bars(String title, String axis, List<Bar> bars) implements Chart {
    public Bars {
      bars = List.copyOf(bars);
    }
  }

  /** A figure by name. */
  record Bar(String name, String group, double value) {}

  /**
   * Lines through points.
   *
   * @param x what is varied and its unit
   * @param y what is measured and its unit
   * @param logX whether equal factors of x are equally far apart
   * @param logY the same of y
   */
  record Lines(String title, String x, String y, boolean logX, boolean logY, List<Line> lines)
      implements Chart {
    public Lines {
      lines = List.copyOf(lines);
    }
  }

  /** A line and its name. */
  record Line(String name, String group, List<Point> points) {
    public Line {
      points = List.copyOf(points);
    }
  }

  /** A measured point. */
  record Point(double x, double y) {}
}
