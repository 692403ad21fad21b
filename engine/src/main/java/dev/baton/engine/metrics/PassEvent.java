package dev.baton.engine.metrics;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** One pass over the source. */
@Name("dev.baton.Pass")
@Label("Pass")
@Category("Baton")
@StackTrace(false)
final class PassEvent extends Event {
  @Label("Number")
  int number;

  @Label("Fitted Stages")
  String fitted;

  @Label("Rows")
  long rows;
}
