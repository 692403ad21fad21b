package dev.baton.ipc.worker;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The class path of a worker.
 *
 * @param entries absolute paths of jars and folders, in order
 */
public record ClassPath(List<Path> entries) {
  public ClassPath {
    entries = entries.stream().map(entry -> entry.toAbsolutePath().normalize()).toList();
  }

  /** Reads a class path in the form of the {@code java} command; an empty entry is this folder. */
  public static ClassPath parse(String text) {
    List<Path> entries = new ArrayList<>();
    for (String entry : text.split(File.pathSeparator, -1)) {
      entries.add(Path.of(entry));
    }
    return new ClassPath(entries);
  }

  /**
   * The class path of this JVM, with its module path after it: a worker runs everything from the
   * class path. Under Surefire, the class path of the tests rather than its booter jar.
   */
  public static ClassPath ofThisJvm() {
    return of(
        System.getProperty("java.class.path", ""),
        System.getProperty("jdk.module.path", ""),
        System.getProperty("surefire.test.class.path", ""));
  }

  static ClassPath of(String classPath, String modulePath, String surefire) {
    boolean booter = new File(classPath).getName().startsWith("surefirebooter");
    String main = booter && !surefire.isBlank() ? surefire : classPath;
    List<Path> entries = new ArrayList<>();
    if (!main.isEmpty()) {
      entries.addAll(parse(main).entries());
    }
    if (!modulePath.isEmpty()) {
      for (Path entry : parse(modulePath).entries()) {
        addModules(entry, entries);
      }
    }
    return new ClassPath(entries);
  }

  // A folder on the module path is a module or holds modules.
  private static void addModules(Path entry, List<Path> entries) {
    if (!Files.isDirectory(entry) || Files.exists(entry.resolve("module-info.class"))) {
      entries.add(entry);
      return;
    }
    try (Stream<Path> inside = Files.list(entry)) {
      inside.filter(path -> path.toString().endsWith(".jar")).sorted().forEach(entries::add);
    } catch (IOException e) {
      entries.add(entry);
    }
  }

  /**
   * Whether a class-data archive can be made of it: the JVM takes jars, no folders with content.
   */
  public boolean isArchivable() {
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        return false;
      }
    }
    return !entries.isEmpty();
  }

  /** Changes when an entry is moved, replaced or edited. */
  long fingerprint() throws IOException {
    CRC32C paths = new CRC32C();
    long state = 0;
    for (Path entry : entries) {
      paths.update(entry.toString().getBytes(StandardCharsets.UTF_8));
      paths.update('\n');
      if (Files.exists(entry)) {
        state = state * 31 + Files.size(entry);
        state = state * 31 + Files.getLastModifiedTime(entry).toMillis();
      }
    }
    return state * 31 + paths.getValue();
  }

  /** In the form of the {@code java} command. */
  @Override
  public String toString() {
    return String.join(File.pathSeparator, entries.stream().map(Path::toString).toList());
  }
}
