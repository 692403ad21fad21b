package dev.baton.operators.io.files;

import dev.baton.engine.batch.Names;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the file or folder that someone may have meant by a path where there is none. */
public final class Nearest {
  private static final int MOST_NAMES = 10_000;

  private Nearest() {}

  /** {@code ", did you mean data/birds.csv?"}, or nothing when nothing is near. */
  public static String hint(Path missing) {
    Path there = missing.toAbsolutePath();
    Path name = there.getFileName();
    Path folder = there.getParent();
    while (folder != null && name != null && !Files.isDirectory(folder)) {
      name = folder.getFileName();
      folder = folder.getParent();
    }
    if (folder == null || name == null) {
      return "";
    }
    String near = Names.nearest(name.toString(), names(folder));
    if (near == null) {
      return "";
    }
    Path given = missing.getParent();
    boolean beside = folder.equals(there.getParent());
    return ", did you mean "
        + (!beside ? folder.resolve(near) : given == null ? near : given.resolve(near))
        + "?";
  }

  private static List<String> names(Path folder) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        names.add(entry.getFileName().toString());
        if (names.size() == MOST_NAMES) {
          break;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Then there is nothing to suggest.
    }
    return names;
  }
}
