package dev.baton.engine.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Threads that run one at a time and pause before every step on an object's lock, so that a test
 * decides who takes the next one.
 */
final class Turns {
  private final List<Actor> actors = new ArrayList<>();
  private final Semaphore back = new Semaphore(0);
  private Actor current;

  Actor actor(Runnable script) {
    Actor actor = new Actor(script);
    actors.add(actor);
    actor.thread.start();
    return actor;
  }

  List<Actor> actors() {
    return actors;
  }

  /** An object's lock whose steps are turns. */
  Lock lock(String name, long order) {
    return new Lock(name, order);
  }

  /** Called by a script: lets the test step in here. */
  void pause() {
    pause(null);
  }

  private void pause(Lock wanted) {
    Actor self = current;
    self.wanted = wanted;
    self.history.append('.');
    back.release();
    self.go.acquireUninterruptibly();
    self.wanted = null;
  }

  final class Actor {
    private final Thread thread;
    private final Semaphore go = new Semaphore(0);
    private final StringBuilder history = new StringBuilder();
    private Lock wanted;
    private boolean done;
    private Throwable failure;

    private Actor(Runnable script) {
      thread =
          new Thread(
              () -> {
                go.acquireUninterruptibly();
                try {
                  script.run();
                } catch (Throwable e) {
                  failure = e;
                } finally {
                  done = true;
                  back.release();
                }
              });
      thread.setDaemon(true);
    }

    boolean done() {
      return done;
    }

    boolean canRun() {
      return !done && (wanted == null || wanted.owner == null || wanted.owner == this);
    }

    /** What it has done so far; threads with equal histories go on equally. */
    String history() {
      return history.toString();
    }

    boolean holds(Lock lock) {
      return lock.owner == this;
    }

    void step() {
      current = this;
      history.append(' ');
      go.release();
      back.acquireUninterruptibly();
      if (failure != null) {
        throw new AssertionError("after " + history, failure);
      }
    }
  }

  Actor current() {
    return current;
  }

  final class Lock implements ObjectLock {
    private final String name;
    private final long order;
    private Actor owner;
    private int times;

    private Lock(String name, long order) {
      this.name = name;
      this.order = order;
    }

    @Override
    public void lock(WorkerLock worker) {
      pause(this);
      if (owner != null && owner != current) {
        throw new AssertionError(name + " is not free");
      }
      owner = current;
      times++;
      current.history.append('+').append(name);
    }

    @Override
    public boolean tryLock() {
      pause();
      boolean free = owner == null || owner == current;
      if (free) {
        owner = current;
        times++;
      }
      current.history.append(free ? '+' : '?').append(name);
      return free;
    }

    @Override
    public void unlock() {
      pause();
      if (owner != current) {
        throw new AssertionError(name + " is not this thread's");
      }
      times--;
      if (times == 0) {
        owner = null;
      }
      current.history.append('-').append(name);
    }

    @Override
    public long order() {
      return order;
    }
  }
}
