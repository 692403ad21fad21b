package dev.baton.engine.lock;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Critical sections nested in opposite order end, and guard their objects' plain fields. */
@JCStressTest
@Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "Nothing is lost.")
@Outcome(expect = FORBIDDEN, desc = "A lost update.")
@State
public class SectionsRaces {
  private final Locks locks = new LockPolicy.PerObject().open();
  private final ObjectLock a = locks.object("a");
  private final ObjectLock b = locks.object("b");
  private int guardedByA;
  private int guardedByB;

  @Actor
  public void first() {
    CriticalSections sections = new CriticalSections(locks.worker());
    sections.begin(a);
    guardedByA++;
    sections.begin(b);
    guardedByB++;
    sections.end();
    sections.end();
  }

  @Actor
  public void second() {
    CriticalSections sections = new CriticalSections(locks.worker());
    sections.begin(b);
    guardedByB++;
    sections.begin(a);
    guardedByA++;
    sections.end();
    sections.end();
  }

  @Arbiter
  public void total(II_Result r) {
    r.r1 = guardedByA;
    r.r2 = guardedByB;
  }
}
