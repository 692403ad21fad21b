package dev.baton.engine;

/** Where operator code runs. Every mode gives the same output, bit for bit. */
public sealed interface ExecutionMode {
  /** The name used in files, options and reports. */
  String id();

  /** How many batches can be worked on at once. */
  int workers();

  /** Everything on the caller's thread. */
  record Inline() implements ExecutionMode {
    @Override
    public String id() {
      return "inline";
    }

    @Override
    public int workers() {
      return 1;
    }
  }

  /** Worker threads that share the memory of this process. */
  record Threads(int workers) implements ExecutionMode {
    public Threads {
      if (workers < 1 || workers > 1024) {
        throw new IllegalArgumentException("workers must be 1 to 1024 but was " + workers);
      }
    }

    @Override
    public String id() {
      return "threads";
    }
  }

  static ExecutionMode inline() {
    return new Inline();
  }

  static ExecutionMode threads(int workers) {
    return new Threads(workers);
  }
}
