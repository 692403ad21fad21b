package dev.baton.engine.spec;

import java.nio.file.Path;

/**
 * Where in a file a value stands.
 *
 * @param catalogue knows the operators, sources and sinks
 * @param folder the folder of the file, to which its paths are relative
 * @param path the parameters that lead to the value: {@code csv.options.delimiter}, empty at the
 *     top
 * @param complete whether everything is said, null and default values too, as in what no user
 *     writes and what must mean the same when defaults have changed
 */
record Context(Catalogue catalogue, Path folder, String path, boolean complete) {
  /** At the top of what a user writes, where required keys have values. */
  Context(Catalogue catalogue, Path folder, String path) {
    this(catalogue, folder, path, false);
  }

  Context in(String key) {
    return new Context(catalogue, folder, path.isEmpty() ? key : path + "." + key, complete);
  }

  Context item(int index) {
    return new Context(catalogue, folder, path + "[" + index + "]", complete);
  }

  SpecException error(Position at, String message) {
    return new SpecException(at, prefix() + message);
  }

  SpecException error(Position at, RuntimeException cause) {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new SpecException(at, prefix() + message, cause);
  }

  /** That a Java value cannot be written. */
  SpecException unwritable(String message) {
    return new SpecException(prefix() + message);
  }

  private String prefix() {
    return path.isEmpty() ? "" : path + ": ";
  }
}
