package dev.baton.ipc.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/** Makes files that no other user may read, where the file system can say so. */
final class OwnerOnly {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private OwnerOnly() {}

  /** How to create a file in that directory. */
  static FileAttribute<?>[] file(Path directory) {
    return attributes(directory, FILE);
  }

  /** How to create a directory in that directory. */
  static FileAttribute<?>[] directory(Path directory) {
    return attributes(directory, DIRECTORY);
  }

  /** Takes the rights of others from all that is there: Chronicle's own files follow the umask. */
  static void restrict(Path directory) throws IOException {
    if (!isPosix(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.setPosixFilePermissions(file, Files.isDirectory(file) ? DIRECTORY : FILE);
      }
    }
  }

  private static FileAttribute<?>[] attributes(Path place, Set<PosixFilePermission> permissions) {
    return isPosix(place)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path place) {
    return place.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
