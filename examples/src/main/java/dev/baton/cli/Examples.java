package dev.baton.cli;

import dev.baton.engine.batch.Names;
import dev.baton.operators.io.files.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The examples that come with Baton: {@code examples/NAME/NAME.yaml}, each with data beside it. */
public final class Examples {
  /** One example; the text is the comment at the top of its file. */
  record Example(String name, Path file, String summary) {}

  private Examples() {}

  /** All examples by name; none when Baton does not run from its own folder. */
  static List<Example> all() {
    Path folder = folder();
    if (folder == null) {
      return List.of();
    }
    List<Example> examples = new ArrayList<>();
    try (Stream<Path> folders = Files.list(folder)) {
      for (Path candidate : folders.sorted().toList()) {
        String name = candidate.getFileName().toString();
        Path file = candidate.resolve(name + ".yaml");
        if (Files.isRegularFile(file)) {
          examples.add(new Example(name, file, summary(file)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return examples;
  }

  private static String summary(Path file) throws IOException {
    List<String> comment =
        Files.readAllLines(file).stream().takeWhile(line -> line.startsWith("#")).toList();
    return comment.isEmpty() ? "" : comment.get(0).substring(1).strip();
  }

  /** The {@code examples} folder, or null. */
  private static Path folder() {
    String home = System.getProperty("baton.home");
    Path from = home == null ? codeFolder() : Path.of(home);
    for (Path folder = from; folder != null; folder = folder.getParent()) {
      Path examples = folder.resolve("examples");
      if (Files.isDirectory(examples.resolve("data"))) {
        return examples;
      }
    }
    return null;
  }

  private static Path codeFolder() {
    try {
      return Path.of(Examples.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /**
   * The pipeline file meant by an argument.
   *
   * @throws UsageException when there is none, naming the nearest example
   */
  public static Path resolve(String nameOrFile) {
    Path file = Path.of(nameOrFile);
    if (Files.isRegularFile(file)) {
      return file;
    }
    List<Example> examples = all();
    for (Example example : examples) {
      if (example.name().equals(nameOrFile)) {
        return example.file();
      }
    }
    boolean isFile = nameOrFile.indexOf('.') >= 0 || file.getNameCount() > 1;
    List<String> names = examples.stream().map(Example::name).toList();
    throw new UsageException(
        isFile
            ? "there is no file "
                + nameOrFile
                + " (looked in "
                + folderOf(file)
                + ")"
                + Nearest.hint(file)
            : "no file and no example is called '"
                + nameOrFile
                + "'"
                + Names.hint(nameOrFile, names));
  }

  private static Path folderOf(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    return absolute.getParent() == null ? absolute : absolute.getParent();
  }
}
