package dev.baton.engine.testkit;

import dev.baton.engine.JvmFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM like this one in a process of its own, with the classes of the tests. */
public final class Jvm {
  private Jvm() {}

  /** The class path of the tests, whatever Surefire makes of it. */
  public static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /**
   * A command line.
   *
   * @param flags more flags for Java
   */
  public static List<String> command(List<String> flags, String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmFlags.forVersion(Runtime.version().feature()));
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath(), main));
    command.addAll(arguments);
    return command;
  }
}
