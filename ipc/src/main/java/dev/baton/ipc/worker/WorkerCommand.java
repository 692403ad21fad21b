package dev.baton.ipc.worker;

import dev.baton.engine.JvmFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How the JVM of a worker is started.
 *
 * @param java the {@code java} command
 * @param mainClass the worker's entry point; it calls {@link WorkerLife#begin} first
 * @param classPath where its classes are
 * @param heapBytes the most Java heap it may use; off-heap columns come on top
 * @param flags JVM flags, one argument each
 */
public record WorkerCommand(
    Path java, String mainClass, ClassPath classPath, long heapBytes, List<String> flags) {
  static final long MIN_HEAP = 16L << 20;

  // One argument may have 128 KiB on Linux, a whole command line 32 Ki characters on Windows.
  private static final int LONGEST_CLASS_PATH = 20_000;

  public WorkerCommand {
    if (heapBytes < MIN_HEAP) {
      throw new IllegalArgumentException(
          "the heap of a worker is " + heapBytes + " bytes; give it at least " + MIN_HEAP);
    }
    flags = List.copyOf(flags);
  }

  /** The java, the class path and the flags of this JVM, and those that Baton needs. */
  public static WorkerCommand likeThisJvm(String mainClass, long heapBytes) {
    Set<String> flags = new LinkedHashSet<>(ParentFlags.inherited());
    flags.addAll(JvmFlags.forVersion(Runtime.version().feature()));
    return new WorkerCommand(
        javaOfThisJvm(), mainClass, ClassPath.ofThisJvm(), heapBytes, List.copyOf(flags));
  }

  private static Path javaOfThisJvm() {
    Path bin = Path.of(System.getProperty("java.home"), "bin");
    for (Path java : List.of(bin.resolve("java"), bin.resolve("java.exe"))) {
      if (Files.isExecutable(java)) {
        return java;
      }
    }
    throw new IllegalStateException(
        "worker processes need the java command, but "
            + bin
            + " has none; run on a full JDK or JRE");
  }

  /**
   * The flags that decide whether a class-data archive fits: it must be used as it was made. Serial
   * collection, as a worker has one thread of work and little on its heap.
   */
  List<String> archiveFlags() {
    List<String> all = new ArrayList<>();
    all.add("-XX:+UseSerialGC");
    all.add("-Xmx" + (heapBytes >> 10) + "k");
    all.addAll(flags);
    return all;
  }

  /** The whole command line; {@code directory} takes the file of a class path too long for it. */
  List<String> line(Path directory, List<String> jvmFlags, String main, List<String> arguments)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(java.toString());
    line.addAll(archiveFlags());
    line.addAll(jvmFlags);
    String path = classPath.toString();
    if (path.length() <= LONGEST_CLASS_PATH) {
      line.add("-cp");
      line.add(path);
    } else {
      line.add("@" + argumentFile(directory, path));
    }
    line.add(main);
    line.addAll(arguments);
    return line;
  }

  // In such a file the backslash escapes, inside quotes too.
  private static Path argumentFile(Path directory, String path) throws IOException {
    Path file = Files.createTempFile(directory, "class-path", ".args");
    String quoted = path.replace("\\", "\\\\").replace("\"", "\\\"");
    return Files.writeString(file, "-cp \"" + quoted + "\"\n");
  }
}
