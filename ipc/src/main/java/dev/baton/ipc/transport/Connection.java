package dev.baton.ipc.transport;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;

/**
 * The directory through which a parent and one worker talk. The parent creates it, passes its path
 * to the worker, which opens it, and deletes it when the worker has ended. A worker that replaces a
 * dead one gets a connection of its own.
 */
public final class Connection {
  private static final String TO_WORKER = "to-worker";
  private static final String FROM_WORKER = "from-worker";
  private static final String OPTIONS = "connection.properties";
  private static final String VERSION = "1";

  private Connection() {}

  /**
   * Creates the directory, which must not exist, readable by this user only, and opens the parent's
   * end.
   *
   * @throws IOException if there is not enough space; nothing is left then
   */
  public static Endpoint create(Path directory, TransportOptions options) throws IOException {
    return create(directory, options, Disk.REAL);
  }

  static Endpoint create(Path directory, TransportOptions options, Disk disk) throws IOException {
    Queues.checkFlags();
    directory = directory.toAbsolutePath();
    Files.createDirectories(directory.getParent());
    Files.createDirectory(directory, ownerOnly(directory));
    Endpoint endpoint = null;
    boolean created = false;
    try {
      disk.requireSpace(directory, 2 * (options.slabBytes() + options.cycleBytes()));
      Endpoint.Lane to = new Endpoint.Lane(directory, TO_WORKER);
      Endpoint.Lane from = new Endpoint.Lane(directory, FROM_WORKER);
      Files.createDirectory(to.queue());
      Files.createDirectory(from.queue());
      if (options.kind() == TransportOptions.Kind.SLAB) {
        disk.createZeros(to.slab(), options.slabBytes());
        disk.createZeros(from.slab(), options.slabBytes());
      }
      endpoint = new Endpoint(options, to, from, disk);
      writeOptions(directory, options);
      created = true;
      return endpoint;
    } finally {
      if (!created) {
        if (endpoint != null) {
          endpoint.close();
        }
        delete(directory);
      }
    }
  }

  /** Opens the worker's end of a directory that a parent has created. */
  public static Endpoint open(Path directory) throws IOException {
    Queues.checkFlags();
    directory = directory.toAbsolutePath();
    return new Endpoint(
        readOptions(directory),
        new Endpoint.Lane(directory, FROM_WORKER),
        new Endpoint.Lane(directory, TO_WORKER),
        Disk.REAL);
  }

  private static FileAttribute<?>[] ownerOnly(Path directory) {
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void writeOptions(Path directory, TransportOptions options) throws IOException {
    Properties properties = options.toProperties();
    properties.setProperty("version", VERSION);
    Path draft = directory.resolve(OPTIONS + ".tmp");
    try (Writer out = Files.newBufferedWriter(draft)) {
      properties.store(out, null);
    }
    Files.move(draft, directory.resolve(OPTIONS), StandardCopyOption.ATOMIC_MOVE);
  }

  static TransportOptions readOptions(Path directory) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(directory.resolve(OPTIONS))) {
      properties.load(in);
    } catch (NoSuchFileException e) {
      throw new IOException(directory + " is not a connection: it has no " + OPTIONS, e);
    }
    if (!VERSION.equals(properties.getProperty("version"))) {
      throw new IOException(
          "%s was made by another version of Baton (%s, this is %s)"
              .formatted(directory, properties.getProperty("version"), VERSION));
    }
    try {
      return TransportOptions.fromProperties(properties);
    } catch (IllegalArgumentException e) {
      throw new IOException(directory.resolve(OPTIONS) + ": " + e.getMessage(), e);
    }
  }

  /**
   * Deletes a connection's directory with all that is in it, also while a process that dies is
   * still about. Links are not followed; what is not there is not missed.
   */
  public static void delete(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
