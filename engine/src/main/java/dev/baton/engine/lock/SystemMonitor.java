package dev.baton.engine.lock;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A monitor on the JVM's own locks and clock. */
final class SystemMonitor implements Monitor {
  private final ReentrantLock mutex = new ReentrantLock();
  private final Condition free = mutex.newCondition();
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
  public boolean awaitFree(long nanos) {
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
  public void signalFree() {
    free.signal();
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
}
