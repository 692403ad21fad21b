package dev.baton.engine.lock;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The critical sections of one thread, as free-threaded CPython has them ({@code
 * Py_BEGIN_CRITICAL_SECTION}, PEP 703): sections nest, and a thread that has to wait for an object
 * first <em>suspends</em> all its sections, which lets their objects go. When a section ends, the
 * one around it is resumed. So nobody waits while holding, and no order of taking objects can
 * deadlock; the price is that only the innermost section is sure to hold what it began with, and
 * that what a section around has seen may have changed after an inner one.
 *
 * <ul>
 *   <li>Two objects that must be held together are taken by one section ({@link #begin(ObjectLock,
 *       ObjectLock)}), in the order of the locks. While it waits for the second it holds the first,
 *       which is safe since all do so in the same order.
 *   <li>An object that several sections of the thread have taken is held until all have let it go.
 * </ul>
 *
 * <p>Confined to its thread. Locks taken otherwise ({@link ObjectLock#lock}) are not suspended.
 */
public final class CriticalSections {
  private final WorkerLock worker;
  private final Deque<Section> sections = new ArrayDeque<>();
  private long suspensions;

  /** The sections of that worker's thread, none yet. */
  public CriticalSections(WorkerLock worker) {
    this.worker = worker;
  }

  /** What a section protects, and whether it holds that now. */
  private static final class Section {
    private final ObjectLock first;
    private final ObjectLock second;
    private boolean active;

    Section(ObjectLock first, ObjectLock second) {
      this.first = first;
      this.second = second;
    }
  }

  /** Begins a section that holds one object; waits for it without holding any other. */
  public void begin(ObjectLock object) {
    begin(new Section(object, null));
  }

  /** Begins a section that holds two objects, which may be the same, given in any order. */
  public void begin(ObjectLock one, ObjectLock other) {
    if (one == other) {
      begin(one);
    } else if (one.order() < other.order()) {
      begin(new Section(one, other));
    } else {
      begin(new Section(other, one));
    }
  }

  private void begin(Section section) {
    hold(section);
    sections.push(section);
  }

  /** Ends the innermost section and resumes the one around it, if it was suspended. */
  public void end() {
    if (sections.isEmpty()) {
      throw new IllegalStateException("no section has begun; begin() one first");
    }
    Section ended = sections.pop();
    if (ended.active) {
      letGo(ended);
    }
    Section around = sections.peek();
    if (around != null && !around.active) {
      hold(around);
    }
  }

  /** How often a section had to let its objects go since the thread had to wait. */
  public long suspensions() {
    return suspensions;
  }

  private void hold(Section section) {
    take(section.first);
    if (section.second != null) {
      boolean taken = false;
      try {
        take(section.second);
        taken = true;
      } finally {
        if (!taken) {
          section.first.unlock();
        }
      }
    }
    section.active = true;
  }

  private void take(ObjectLock object) {
    if (!object.tryLock()) {
      suspendAll();
      object.lock(worker);
    }
  }

  private void suspendAll() {
    for (Section section : sections) {
      if (section.active) {
        letGo(section);
        suspensions++;
      }
    }
  }

  private static void letGo(Section section) {
    if (section.second != null) {
      section.second.unlock();
    }
    section.first.unlock();
    section.active = false;
  }
}
