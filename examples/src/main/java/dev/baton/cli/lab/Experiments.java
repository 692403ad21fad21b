package dev.baton.cli.lab;

import dev.baton.engine.batch.Names;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the experiments among the classes of this package, in a folder or a jar. */
public final class Experiments {
  private static final String SUFFIX = ".class";

  private Experiments() {}

  /** All, by the first behaviour they reproduce; those that reproduce none come last. */
  public static List<Experiment> all() {
    List<Experiment> experiments = new ArrayList<>();
    for (String name : classNames()) {
      try {
        Class<?> type = Class.forName(Experiment.class.getPackageName() + "." + name);
        if (Experiment.class.isAssignableFrom(type) && !type.isInterface()) {
          experiments.add((Experiment) type.getDeclaredConstructor().newInstance());
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("the experiment " + name + " cannot be made", e);
      }
    }
    experiments.sort(
        Comparator.<Experiment>comparingInt(
                one -> one.behaviours().stream().findFirst().orElse(Integer.MAX_VALUE))
            .thenComparing(Experiment::id));
    return experiments;
  }

  /**
   * The experiment of that id.
   *
   * @throws IllegalArgumentException naming the nearest id
   */
  public static Experiment named(String id) {
    List<Experiment> all = all();
    return all.stream()
        .filter(experiment -> experiment.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown experiment '"
                        + id
                        + "'"
                        + Names.hint(id, all.stream().map(Experiment::id).toList())));
  }

  private static List<String> classNames() {
    try {
      URI here = Experiment.class.getResource("Experiment" + SUFFIX).toURI();
      if (!here.getScheme().equals("jar")) {
        return classNames(Path.of(here).getParent());
      }
      try (FileSystem jar = FileSystems.newFileSystem(here, Map.of())) {
        return classNames(jar.getPath(Experiment.class.getPackageName().replace('.', '/')));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> classNames(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX) && !name.contains("$") && !name.contains("-"))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .toList();
    }
  }
}
