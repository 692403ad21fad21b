package dev.baton.cli.python;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the Pythons of this machine: on the {@code PATH}, among the versions of pyenv, and what the
 * environment variable {@code BATON_PYTHONS} names, a list of files like the PATH's of folders.
 */
public final class Pythons {
  /** The environment variable that names further ones. */
  public static final String VARIABLE = "BATON_PYTHONS";

  /** What is said when there is none. */
  public static final String NONE =
      "No Python 3.8 or later was found on the PATH, among pyenv's versions or in "
          + VARIABLE
          + ", so there are only Baton's own figures.";

  private static final Pattern NAME = Pattern.compile("(python|pypy)3(\\.\\d+)?t?(\\.exe)?");
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final String WHO =
      "import sys,platform,sysconfig;print(platform.python_implementation(),"
          + "'.'.join(map(str,sys.version_info[:3])),"
          + "int(bool(sysconfig.get_config_var('Py_GIL_DISABLED'))))";

  private Pythons() {}

  /** Those of this machine that can run the scripts, the latest patch of each version. */
  public static List<Python> find() {
    return find(System.getenv());
  }

  static List<Python> find(Map<String, String> environment) {
    Map<String, Python> latest = new LinkedHashMap<>();
    for (Path command : commands(environment)) {
      Python python = ask(command);
      if (python != null
          && python.version().startsWith("3.")
          && python.minor() >= Python.OLDEST_MINOR) {
        String kind = python.implementation() + python.minor() + python.freeThreaded();
        latest.merge(kind, python, (a, b) -> b.patch() > a.patch() ? b : a);
      }
    }
    return latest.values().stream().sorted(Python.ORDER).toList();
  }

  /** Files that may be one, each once, links followed. */
  private static Set<Path> commands(Map<String, String> environment) {
    Set<Path> commands = new LinkedHashSet<>();
    paths(environment.get(VARIABLE)).forEach(path -> add(commands, path));
    List<Path> folders = new ArrayList<>(paths(environment.get("PATH")));
    folders.addAll(pyenv(environment));
    for (Path folder : folders) {
      // Those of pyenv only choose one of its versions.
      if (Files.isDirectory(folder) && !folder.endsWith("shims")) {
        list(folder).stream()
            .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
            .forEach(file -> add(commands, file));
      }
    }
    return commands;
  }

  private static List<Path> pyenv(Map<String, String> environment) {
    String root = environment.get("PYENV_ROOT");
    String home = environment.get("HOME");
    if (root == null && home == null) {
      return List.of();
    }
    Path versions = (root == null ? Path.of(home, ".pyenv") : Path.of(root)).resolve("versions");
    return Files.isDirectory(versions)
        ? list(versions).stream().map(version -> version.resolve("bin")).toList()
        : List.of();
  }

  private static void add(Set<Path> commands, Path file) {
    if (Files.isExecutable(file) && !Files.isDirectory(file)) {
      try {
        Path real = file.toRealPath();
        // A program that looks at its own name, such as a wrapper, is called by it.
        commands.add(NAME.matcher(real.getFileName().toString()).matches() ? real : file);
      } catch (IOException e) {
        // A link to nowhere.
      }
    }
  }

  private static List<Path> paths(String list) {
    List<Path> paths = new ArrayList<>();
    for (String path : list == null ? new String[0] : list.split(File.pathSeparator, -1)) {
      try {
        if (!path.isBlank()) {
          paths.add(Path.of(path));
        }
      } catch (InvalidPathException e) {
        // The shell would find nothing there either.
      }
    }
    return paths;
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  /** Who it is, or null when it does not say. */
  private static Python ask(Path command) {
    try {
      String[] answer =
          Command.run(List.of(command.toString(), "-c", WHO), Map.of(), ANSWER)
              .strip()
              .split(" ", -1);
      return answer.length == 3
          ? new Python(command, answer[0], answer[1], answer[2].equals("1"))
          : null;
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
