package dev.baton.operators.internal;

import java.util.function.Supplier;

/**
 * Makes a value when it is first asked for, and once: tables that all workers share, which a plan
 * that nobody runs should not pay for. Thread-safe.
 */
public final class Once<T> implements Supplier<T> {
  private Supplier<T> maker;
  private T value;

  public Once(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized T get() {
    if (maker != null) {
      value = maker.get();
      maker = null;
    }
    return value;
  }
}
