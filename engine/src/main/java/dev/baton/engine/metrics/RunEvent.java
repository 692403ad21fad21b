package dev.baton.engine.metrics;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A run, from opening the source to the report. docs/profiling.md explains all events. */
@Name("dev.baton.Run")
@Label("Run")
@Category("Baton")
@Description("A run of a pipeline")
@StackTrace(false)
final class RunEvent extends Event {
  @Label("Mode")
  String mode;

  @Label("Lock Policy")
  String lock;

  @Label("Workers")
  int workers;

  @Label("Rows In")
  long rowsIn;

  @Label("Rows Out")
  long rowsOut;

  @Label("Bytes Out")
  @DataAmount
  long bytesOut;

  @Label("Processor Time")
  @Timespan(Timespan.NANOSECONDS)
  long cpu;

  @Label("Lock Wait")
  @Timespan(Timespan.NANOSECONDS)
  long lockWait;

  @Label("Collector Pauses")
  @Timespan(Timespan.NANOSECONDS)
  long gc;

  @Label("Lock Switches")
  long switches;

  @Label("Peak Memory")
  @DataAmount
  long peakMemory;

  @Label("Failure")
  @Description("What went wrong; null when the run was completed")
  String failure;
}
