package dev.baton.engine.metrics;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

/** A wait for the global lock or for the lock of a shared object, on the waiting thread. */
@Name("dev.baton.LockWait")
@Label("Lock Wait")
@Category("Baton")
@Threshold("1 ms")
public final class LockWaitEvent extends Event {
  @Label("Lock")
  @Description("What was waited for: the global lock, or the lock of a shared object")
  final String lock;

  private LockWaitEvent(String lock) {
    this.lock = lock;
    begin();
  }

  /** A wait for the global lock begins; {@link #commit} ends it. */
  public static LockWaitEvent global() {
    return new LockWaitEvent("global");
  }

  /** A wait for the lock of a shared object begins; {@link #commit} ends it. */
  public static LockWaitEvent object() {
    return new LockWaitEvent("object");
  }
}
