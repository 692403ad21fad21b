package dev.baton.engine.metrics;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** Where the time of one worker went in one stage of one pass; made when the run has ended. */
@Name("dev.baton.Stage")
@Label("Stage")
@Category("Baton")
@Description("Time of one worker in one stage of a pass, by account")
@StackTrace(false)
final class StageEvent extends Event {
  @Label("Worker")
  String worker;

  @Label("Role")
  String role;

  @Label("Pass")
  @Description("From 1; 0 is outside of passes")
  int pass;

  @Label("Stage")
  String stage;

  @Label("Work")
  String work;

  @Label("Compute")
  @Timespan(Timespan.NANOSECONDS)
  long compute;

  @Label("Lock Wait")
  @Timespan(Timespan.NANOSECONDS)
  long lockWait;

  @Label("Starved")
  @Timespan(Timespan.NANOSECONDS)
  long starved;

  @Label("Back-Pressure")
  @Timespan(Timespan.NANOSECONDS)
  long backPressure;

  @Label("Serialise")
  @Timespan(Timespan.NANOSECONDS)
  long serialise;

  @Label("Between Processes")
  @Timespan(Timespan.NANOSECONDS)
  long ipc;

  @Label("Blocking I/O")
  @Timespan(Timespan.NANOSECONDS)
  long io;

  @Label("Start-Up")
  @Timespan(Timespan.NANOSECONDS)
  long startUp;

  @Label("Idle")
  @Timespan(Timespan.NANOSECONDS)
  long idle;

  @Label("Longest")
  @Description("The longest that it worked without pause")
  @Timespan(Timespan.NANOSECONDS)
  long longest;

  @Label("Batches")
  long batches;

  @Label("Rows In")
  long rowsIn;

  @Label("Rows Out")
  long rowsOut;

  @Label("Bytes In")
  @DataAmount
  long bytesIn;

  @Label("Bytes Out")
  @DataAmount
  long bytesOut;

  /** Makes one event for each stage of each pass of each worker. */
  static void commitAll(TimeLedger ledger) {
    if (!new StageEvent().isEnabled()) {
      return;
    }
    for (TimeLedger.Worker worker : ledger.workers()) {
      for (TimeLedger.Pass pass : worker.passes()) {
        pass.stages().forEach(stage -> of(worker, pass.number(), stage).commit());
      }
    }
  }

  private static StageEvent of(TimeLedger.Worker worker, int pass, TimeLedger.Stage stage) {
    StageEvent event = new StageEvent();
    event.worker = worker.name();
    event.role = worker.role().id();
    event.pass = pass;
    event.stage = stage.name().toString();
    event.work = stage.name().work().id();
    Times times = stage.times();
    event.compute = times.get(Account.COMPUTE).toNanos();
    event.lockWait = times.get(Account.LOCK_WAIT).toNanos();
    event.starved = times.get(Account.STARVED).toNanos();
    event.backPressure = times.get(Account.BACK_PRESSURE).toNanos();
    event.serialise = times.get(Account.SERIALISE).toNanos();
    event.ipc = times.get(Account.IPC).toNanos();
    event.io = times.get(Account.IO).toNanos();
    event.startUp = times.get(Account.START_UP).toNanos();
    event.idle = times.get(Account.IDLE).toNanos();
    event.longest = stage.longest().toNanos();
    event.batches = stage.flow().batches();
    event.rowsIn = stage.flow().rowsIn();
    event.rowsOut = stage.flow().rowsOut();
    event.bytesIn = stage.flow().bytesIn();
    event.bytesOut = stage.flow().bytesOut();
    return event;
  }
}
