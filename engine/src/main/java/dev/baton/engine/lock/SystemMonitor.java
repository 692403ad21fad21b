package dev.baton.engine.lock;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A monitor on the JVM's own locks and clock. */
final class SystemMonitor implements Monitor {
  private final ReentrantLock mutex = new ReentrantLock();
  private final Condition switched = mutex.newCondition();

  @Override
  public void lock() {
    mutex.lock();
  }

  @Override
  public void unlock() {
    mutex.unlock();
  }

  @Override
  public Place place() {
    return new FreePlace(mutex.newCondition());
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // the caller loops
  public void awaitSwitched() {
    switched.awaitUninterruptibly();
  }

  @Override
  public void signalSwitched() {
    switched.signal();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  private record FreePlace(Condition free) implements Place {
    @Override
    public boolean await(long nanos) {
      long deadline = System.nanoTime() + nanos;
      long left = nanos;
      boolean interrupted = false;
      try {
        while (true) {
          try {
            // Not awaitNanos: a signal that arrives as the time runs out must count as a signal.
            return free.await(left, TimeUnit.NANOSECONDS);
          } catch (InterruptedException e) {
            interrupted = true;
            left = deadline - System.nanoTime();
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    @Override
    public void signal() {
      free.signal();
    }
  }
}
