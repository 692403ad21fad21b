package dev.baton.engine.testkit;

import dev.baton.engine.Engine;

/** One engine for all tests of a JVM, so that its worker processes need not start for each. */
final class WarmEngine {
  private static final Engine ENGINE = Engine.open();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ENGINE::close));
  }

  private WarmEngine() {}

  static Engine get() {
    return ENGINE;
  }
}
