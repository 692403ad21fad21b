package dev.baton.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files as a whole or not at all. */
final class WholeFile {
  private WholeFile() {}

  /**
   * Writes or replaces a file.
   *
   * @param option that named it, for messages
   */
  static void write(String option, Path file, byte[] bytes) {
    Path folder = file.toAbsolutePath().getParent();
    Path temporary = null;
    try {
      temporary = Files.createTempFile(folder, file.getFileName().toString(), ".tmp");
      Files.write(temporary, bytes);
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(option + " " + file + ": cannot be written: " + e, e);
    } finally {
      delete(temporary);
    }
  }

  private static void delete(Path temporary) {
    try {
      if (temporary != null) {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      // What is left is empty or a copy.
    }
  }
}
