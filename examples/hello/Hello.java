package dev.baton.examples.hello;

/** Placeholder. */
final class Hello {
  private Hello() {}
}
