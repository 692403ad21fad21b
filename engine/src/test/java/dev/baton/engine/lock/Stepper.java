package dev.baton.engine.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * A {@link Monitor} under which real threads run strictly one at a time, so that a test decides who
 * does the next step and when a wait has timed out. A thread pauses before it takes the mutex, in
 * its waits, and where its script says {@link Actor#pause}.
 */
final class Stepper implements Monitor {
  enum State {
    READY,
    WANTS_MUTEX,
    WAITS_FREE,
    WAITS_SWITCH,
    DONE
  }

  /** What a scripted thread does. */
  interface Script {
    void run(Actor self);
  }

  private final List<Actor> actors = new ArrayList<>();
  private final Semaphore back = new Semaphore(0);
  private Actor current;
  private Actor owner;
  private long now;

  /** Starts a thread that pauses before the first step of its script. */
  Actor actor(String name, Script script) {
    Actor actor = new Actor(name, script);
    actors.add(actor);
    actor.thread.start();
    return actor;
  }

  List<Actor> actors() {
    return actors;
  }

  void advance(long nanos) {
    now += nanos;
  }

  final class Actor {
    final String name;
    private final Thread thread;
    private final Semaphore go = new Semaphore(0);
    private State state = State.READY;
    private boolean signalled;
    private Throwable failure;

    private int locks;
    private int pauses;
    private boolean waited;
    int timeOuts;

    private Actor(String name, Script script) {
      this.name = name;
      thread =
          new Thread(
              () -> {
                go.acquireUninterruptibly();
                try {
                  script.run(this);
                } catch (Throwable e) {
                  failure = e;
                } finally {
                  state = State.DONE;
                  back.release();
                }
              },
              name);
      thread.setDaemon(true);
    }

    State state() {
      return state;
    }

    /** Where the thread is and what it will see next: equal positions continue equally. */
    String position() {
      return state + ":" + locks + "," + pauses + "," + timeOuts + waited + signalled;
    }

    boolean canRun() {
      return state == State.READY || state == State.WANTS_MUTEX;
    }

    /** Runs to the next pause. */
    void step() {
      if (!canRun()) {
        throw new AssertionError(name + " cannot run: it is " + state);
      }
      if (state == State.WANTS_MUTEX) {
        owner = this;
      }
      state = State.READY;
      current = this;
      go.release();
      back.acquireUninterruptibly();
      if (failure != null) {
        throw new AssertionError(name + " failed", failure);
      }
    }

    /** Runs until it waits, or has reached a pause of its script or the end. */
    State run() {
      do {
        step();
      } while (state == State.WANTS_MUTEX);
      return state;
    }

    /** Lets the wait for a free lock time out; the thread then wants the mutex. */
    void timeOut() {
      if (state != State.WAITS_FREE) {
        throw new AssertionError(name + " waits for no time-out: it is " + state);
      }
      timeOuts++;
      signalled = false;
      state = State.WANTS_MUTEX;
    }

    /** Called by the script: lets the test step in here. */
    void pause() {
      pauses++;
      pauseAs(State.READY);
    }

    private void pauseAs(State paused) {
      waited = paused == State.WAITS_FREE || paused == State.WAITS_SWITCH;
      state = paused;
      back.release();
      go.acquireUninterruptibly();
    }
  }

  @Override
  public void lock() {
    current.locks++;
    current.signalled = false;
    current.pauseAs(State.WANTS_MUTEX);
  }

  @Override
  public void unlock() {
    if (owner != current) {
      throw new IllegalMonitorStateException(current.name + " does not own the mutex");
    }
    owner = null;
  }

  @Override
  public Place place() {
    return new Place() {
      private Actor waiter;

      @Override
      public boolean await(long nanos) {
        Actor self = current;
        waiter = self;
        owner = null;
        self.pauseAs(State.WAITS_FREE);
        return self.signalled;
      }

      @Override
      public void signal() {
        if (waiter != null && waiter.state == State.WAITS_FREE) {
          waiter.signalled = true;
          waiter.state = State.WANTS_MUTEX;
        }
      }
    };
  }

  @Override
  public void awaitSwitched() {
    owner = null;
    current.pauseAs(State.WAITS_SWITCH);
  }

  @Override
  public void signalSwitched() {
    for (Actor actor : actors) {
      if (actor.state == State.WAITS_SWITCH) {
        actor.state = State.WANTS_MUTEX;
        return;
      }
    }
  }

  @Override
  public long nanoTime() {
    return now;
  }
}
