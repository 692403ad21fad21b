package dev.baton.cli.predict;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Plays one pass through: workers claim splits from a ring, the caller takes the results in order
 * and publishes more when half the ring is free, and all threads that have something to do share
 * the cores evenly. Under a global lock one thread works at a time, by CPython's protocol: who has
 * waited for a switch interval makes the holder hand over at its next checkpoint.
 */
final class Simulation {
  /** What a thread does until something is decided anew. */
  private enum State {
    /** Works on a core. */
    WORK,
    /** Waits for a moment in time. */
    SLEEP,
    /** Waits for a lock. */
    LOCK,
    /** A worker without a split, or the caller without a result. */
    WAIT,
    DONE
  }

  /** What a thread that works or sleeps does when that is over. */
  private enum Then {
    PUBLISHED,
    COMPUTED,
    ARRIVED,
    WORKER_MERGED,
    CALLER_MERGED,
    ENDED
  }

  private static final class Actor {
    State state = State.WAIT;
    Then then;
    double left;
    double until;
    int split = -1;
    double waitingSince;
  }

  private final Workload.Pass pass;
  private final double cores;
  private final int ring;
  private final Policy policy;
  private final List<Actor> workers = new ArrayList<>();
  private final Actor caller = new Actor();
  private final Actor background = new Actor();
  private final boolean[] finished;
  private final Deque<Actor> lockQueue = new ArrayDeque<>();
  private final Deque<Actor> mergeQueue = new ArrayDeque<>();
  private double now;
  private int published;
  private int consumed;
  private int claimed;
  private Actor holder;
  private Actor lastHolder;
  private double lastSwitch;
  private double dropAt = Double.POSITIVE_INFINITY;
  private Actor merging;

  private Simulation(
      Workload.Pass pass, int workers, int cores, int ring, Policy policy, double background) {
    this.pass = pass;
    this.cores = cores;
    this.ring = ring;
    this.policy = policy;
    finished = new boolean[pass.splits().length];
    for (int i = 0; i < workers; i++) {
      this.workers.add(new Actor());
    }
    this.background.state = State.WORK;
    this.background.then = Then.ENDED;
    this.background.left = background;
  }

  /**
   * How long a run takes.
   *
   * @param ring how many splits may be under way
   */
  static double seconds(Workload load, int workers, int cores, int ring, Policy policy) {
    double seconds = load.outside();
    double work = load.work(workers);
    for (Workload.Pass pass : load.passes()) {
      double share = work > 0 ? load.background() * pass.work(workers) / work : 0;
      seconds += new Simulation(pass, workers, cores, ring, policy, share).play();
    }
    return seconds;
  }

  private double play() {
    now = pass.start() + workers.size() * pass.startOne();
    publish();
    while (caller.state != State.DONE) {
      step();
    }
    return now;
  }

  /** Goes on to the next moment at which something ends. */
  private void step() {
    int working = 0;
    for (Actor worker : workers) {
      working += worker.state == State.WORK ? 1 : 0;
    }
    working += caller.state == State.WORK ? 1 : 0;
    working += background.state == State.WORK ? 1 : 0;
    double rate = Math.min(1, cores / Math.max(1, working));
    double next = Math.max(now, dropAt);
    for (Actor worker : workers) {
      next = Math.min(next, end(worker, rate));
    }
    next = Math.min(next, end(caller, rate));
    next = Math.min(next, end(background, rate));
    double passed = next - now;
    now = next;
    workers.forEach(worker -> advance(worker, passed * rate));
    advance(caller, passed * rate);
    advance(background, passed * rate);
    if (now >= dropAt) {
      handOver();
    }
    workers.forEach(this::decide);
    decide(caller);
    if (background.state == State.WORK && background.left <= 0) {
      background.state = State.DONE;
    }
  }

  private double end(Actor actor, double rate) {
    return switch (actor.state) {
      case WORK -> now + Math.max(0, actor.left) / rate;
      case SLEEP -> actor.until;
      default -> Double.POSITIVE_INFINITY;
    };
  }

  private static void advance(Actor actor, double work) {
    if (actor.state == State.WORK) {
      actor.left -= work;
      if (actor.left < 1e-12) {
        actor.left = 0;
      }
    }
  }

  private void decide(Actor actor) {
    boolean over =
        actor.state == State.WORK && actor.left <= 0
            || actor.state == State.SLEEP && actor.until <= now;
    if (!over) {
      return;
    }
    switch (actor.then) {
      case PUBLISHED -> {
        release(actor);
        for (Actor worker : workers) {
          if (worker.state == State.WAIT) {
            claim(worker);
          }
        }
        take();
      }
      case COMPUTED -> {
        if (pass.latency() > 0) {
          release(actor);
          actor.state = State.SLEEP;
          actor.then = Then.ARRIVED;
          actor.until = now + pass.latency();
        } else {
          merge(actor);
        }
      }
      case ARRIVED -> merge(actor);
      case WORKER_MERGED -> {
        merging = null;
        if (!mergeQueue.isEmpty()) {
          startMerge(mergeQueue.poll());
        }
        finish(actor);
      }
      case CALLER_MERGED -> {
        consumed++;
        publish();
      }
      case ENDED -> actor.state = State.DONE;
    }
  }

  // ---- the caller ----

  private void publish() {
    int room = ring - (published - consumed);
    if (published == finished.length || room < (ring + 1) / 2) {
      take();
      return;
    }
    int more = Math.min(room, finished.length - published);
    published += more;
    work(caller, more * pass.publish(), Then.PUBLISHED);
  }

  private void take() {
    if (consumed == finished.length) {
      caller.state = State.DONE;
    } else if (finished[consumed]) {
      caller.state = State.WORK;
      caller.left = pass.callerMerge();
      caller.then = Then.CALLER_MERGED;
    } else {
      caller.state = State.WAIT;
    }
  }

  // ---- the workers ----

  private void claim(Actor worker) {
    if (worker.split < 0) {
      worker.split = claimed++;
    }
    if (worker.split >= finished.length) {
      release(worker);
      worker.state = State.DONE;
    } else if (worker.split >= published) {
      release(worker);
      worker.state = State.WAIT;
    } else {
      // Whoever holds the global lock merges under it, and hands nothing over meanwhile.
      double merge = policy.global() ? pass.workerMerge() : 0;
      work(worker, pass.splits()[worker.split] + merge, Then.COMPUTED);
    }
  }

  private void merge(Actor worker) {
    if (pass.workerMerge() == 0 || policy.global()) {
      finish(worker);
    } else if (merging == null) {
      startMerge(worker);
    } else {
      worker.state = State.LOCK;
      mergeQueue.add(worker);
    }
  }

  private void startMerge(Actor worker) {
    merging = worker;
    worker.state = State.WORK;
    worker.left = pass.workerMerge();
    worker.then = Then.WORKER_MERGED;
  }

  private void finish(Actor worker) {
    finished[worker.split] = true;
    if (caller.state == State.WAIT && worker.split == consumed) {
      take();
    }
    worker.split = -1;
    claim(worker);
  }

  // ---- the global lock ----

  private void work(Actor actor, double seconds, Then then) {
    actor.left = seconds;
    actor.then = then;
    if (!policy.global() || holder == actor) {
      actor.state = State.WORK;
    } else if (holder == null) {
      hold(actor);
    } else {
      actor.state = State.LOCK;
      actor.waitingSince = now;
      lockQueue.add(actor);
      request();
    }
  }

  private void hold(Actor actor) {
    holder = actor;
    actor.state = State.WORK;
    if (lastHolder != actor) {
      lastSwitch = now;
      // A thread that was woken needs a while to get going.
      actor.left += lastHolder == null ? 0 : policy.wakeUp();
      lastHolder = actor;
    }
    dropAt = Double.POSITIVE_INFINITY;
    request();
  }

  /** Says when the holder will hand over: at its first checkpoint after the request. */
  private void request() {
    Actor waiter = lockQueue.peek();
    if (waiter == null || holder == null || dropAt < Double.POSITIVE_INFINITY) {
      return;
    }
    double asked = Math.max(waiter.waitingSince, lastSwitch) + policy.interval();
    // Checkpoints fall anywhere, so half the distance between two is left on average.
    dropAt = asked + pass.checkpoint() / 2;
  }

  private void handOver() {
    dropAt = Double.POSITIVE_INFINITY;
    Actor dropping = holder;
    Actor waiter = lockQueue.poll();
    if (waiter == null || dropping == null) {
      return;
    }
    if (dropping.left > 0) {
      dropping.state = State.LOCK;
      dropping.waitingSince = now;
      lockQueue.add(dropping);
    }
    hold(waiter);
  }

  private void release(Actor actor) {
    if (holder != actor) {
      return;
    }
    holder = null;
    dropAt = Double.POSITIVE_INFINITY;
    Actor waiter = lockQueue.poll();
    if (waiter != null) {
      hold(waiter);
    }
  }
}
