package dev.baton.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The flags Baton's JVM needs, kept in one list for tests, the launcher and spawned workers. */
public final class JvmFlags {
  private JvmFlags() {}

  /** The flags for a JVM of that feature version, one argument each. */
  public static List<String> forVersion(int feature) {
    List<String> flags = new ArrayList<>(read("jvm.args"));
    if (feature >= 24) {
      flags.addAll(read("jvm-24.args"));
    }
    return flags;
  }

  private static List<String> read(String resource) {
    try (InputStream in = JvmFlags.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks what would otherwise end in an error deep inside Arrow.
   *
   * @throws IllegalStateException naming the flag to add
   */
  public static void check() {
    Module base = Object.class.getModule();
    if (!base.isOpen("java.nio", JvmFlags.class.getModule())) {
      throw new IllegalStateException(
          "Arrow needs access to java.nio: start the JVM with"
              + " --add-opens=java.base/java.nio=ALL-UNNAMED");
    }
  }
}
