package dev.baton.operators.io.files;

import dev.baton.engine.batch.Names;
import dev.baton.engine.source.SourceException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The files that a folder or a pattern stands for.
 *
 * @param root the folder that the path names outright
 * @param files in the order of their paths below it
 */
record FileList(Path root, List<Path> files) {
  private static final int MOST_FILES = 100_000;
  private static final int MOST_DEPTH = 64;
  private static final String ANY_FOLDERS = "**";

  /** Whether a path stands for several files. */
  static boolean isMany(Path path) {
    return Files.isDirectory(path) || isPattern(path) && !Files.exists(path);
  }

  private static boolean isPattern(Path path) {
    return path.toString().chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  /**
   * Looks for the files.
   *
   * @throws SourceException when there is none, naming what is nearest
   */
  static FileList of(Path path) throws IOException {
    Path root = path;
    List<String> rest = new ArrayList<>();
    if (isPattern(path) && !Files.isDirectory(path)) {
      root = path.isAbsolute() ? path.getRoot() : Path.of("");
      for (Path name : path) {
        if (rest.isEmpty() && !isPattern(name)) {
          root = root.resolve(name);
        } else {
          rest.add(name.toString());
        }
      }
    }
    if (!Files.isDirectory(root)) {
      throw new SourceException("there is no folder " + root + " for " + path + Nearest.hint(root));
    }
    Search search = new Search(path);
    search.match(root, rest, 0);
    Path from = root;
    List<Path> files = new ArrayList<>(search.found);
    files.sort(Comparator.comparing(file -> text(from.relativize(file))));
    if (files.isEmpty()) {
      throw none(path, root, rest.isEmpty());
    }
    return new FileList(root, files);
  }

  private static SourceException none(Path path, Path root, boolean folder) throws IOException {
    if (folder) {
      return new SourceException("there is no file in the folder " + path);
    }
    Search all = new Search(root);
    all.below(root, 0);
    List<String> there = all.found.stream().map(file -> text(root.relativize(file))).toList();
    String nearest = Names.nearest(text(root.relativize(path)), there);
    String hint =
        there.isEmpty()
            ? "there is no file in " + root.toAbsolutePath()
            : "the nearest is " + root.resolve(nearest == null ? there.get(0) : nearest);
    return new SourceException("no file matches " + path + "; " + hint);
  }

  /** With the same separator everywhere, so that the order is the same too. */
  private static String text(Path path) {
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }

  private static final class Search {
    private final Path asked;
    private final Set<Path> found = new LinkedHashSet<>();

    Search(Path asked) {
      this.asked = asked;
    }

    void match(Path folder, List<String> pattern, int depth) throws IOException {
      if (pattern.isEmpty()) {
        below(folder, depth);
        return;
      }
      String first = pattern.get(0);
      List<String> rest = pattern.subList(1, pattern.size());
      if (first.equals(ANY_FOLDERS)) {
        match(folder, rest, depth);
        for (Path entry : entries(folder, depth)) {
          if (Files.isDirectory(entry)) {
            match(entry, pattern, depth + 1);
          }
        }
        return;
      }
      PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + first);
      boolean hidden = first.startsWith(".") || first.startsWith("_");
      for (Path entry : hidden ? all(folder, depth) : entries(folder, depth)) {
        if (!matcher.matches(entry.getFileName())) {
          continue;
        }
        if (Files.isDirectory(entry)) {
          match(entry, rest, depth + 1);
        } else if (rest.isEmpty()) {
          add(entry);
        }
      }
    }

    void below(Path folder, int depth) throws IOException {
      for (Path entry : entries(folder, depth)) {
        if (Files.isDirectory(entry)) {
          below(entry, depth + 1);
        } else {
          add(entry);
        }
      }
    }

    private void add(Path file) throws IOException {
      found.add(file);
      if (found.size() > MOST_FILES) {
        throw new SourceException(
            asked
                + " stands for more than "
                + MOST_FILES
                + " files; name fewer, or join them first");
      }
    }

    /** What is in a folder but what its writers do not mean to be data, or have not finished. */
    private List<Path> entries(Path folder, int depth) throws IOException {
      List<Path> entries = all(folder, depth);
      entries.removeIf(
          entry -> {
            String name = entry.getFileName().toString();
            return name.startsWith(".")
                || name.startsWith("_") && name.indexOf('=') < 0
                || name.matches(".*\\.part-[0-9a-f]{16}");
          });
      return entries;
    }

    private List<Path> all(Path folder, int depth) throws IOException {
      if (depth > MOST_DEPTH) {
        throw new SourceException(
            folder + " lies more than " + MOST_DEPTH + " folders deep; do links lead in a circle?");
      }
      List<Path> entries = new ArrayList<>();
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
        stream.forEach(entries::add);
      } catch (DirectoryIteratorException e) {
        throw new SourceException("cannot read the folder " + folder + ": " + e.getCause(), e);
      } catch (IOException e) {
        throw new SourceException("cannot read the folder " + folder + ": " + e, e);
      }
      return entries;
    }
  }
}
