package dev.baton.operators.io.files;

import dev.baton.engine.source.Split;

/**
 * A split of one of several files.
 *
 * @param file its path
 * @param version as {@code OpenSource.version} has it, so that other processes see the same file
 */
record FileSplit(String file, String version, Split split) implements Split {
  @Override
  public long bytes() {
    return split.bytes();
  }

  @Override
  public long heldBytes() {
    return split.heldBytes();
  }
}
