package dev.baton.ipc.transport;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Properties;

/** The files of a connection: made by the parent, opened once by the worker. */
final class ConnectionDirectory {
  private static final String TO_WORKER = "to-worker";
  private static final String FROM_WORKER = "from-worker";
  private static final String OPTIONS = "connection.properties";
  private static final String OPENED = "opened";
  private static final String VERSION = "2";

  private ConnectionDirectory() {}

  /** The files of one direction. */
  record Lane(Path queue, Path slab) {
    Lane(Path directory, String name) {
      this(directory.resolve(name), directory.resolve(name + ".slab"));
    }
  }

  static Endpoint create(Path directory, TransportOptions options, Disk disk) throws IOException {
    Queues.checkFlags();
    directory = directory.toAbsolutePath();
    Files.createDirectories(directory.getParent());
    Files.createDirectory(directory, OwnerOnly.directory(directory.getParent()));
    Endpoint endpoint = null;
    boolean created = false;
    try {
      disk.requireSpace(directory, 2 * (options.slabBytes() + options.cycleBytes()));
      Lane to = new Lane(directory, TO_WORKER);
      Lane from = new Lane(directory, FROM_WORKER);
      Files.createDirectory(to.queue(), OwnerOnly.directory(directory));
      Files.createDirectory(from.queue(), OwnerOnly.directory(directory));
      if (options.kind() == TransportOptions.Kind.SLAB) {
        disk.createZeros(to.slab(), options.slabBytes());
        disk.createZeros(from.slab(), options.slabBytes());
      }
      endpoint = new Endpoint(options, to, from, disk);
      writeOptions(directory, options);
      OwnerOnly.restrict(directory);
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

  static Endpoint open(Path directory) throws IOException {
    Queues.checkFlags();
    directory = directory.toAbsolutePath();
    TransportOptions options = readOptions(directory);
    try {
      Files.createFile(directory.resolve(OPENED), OwnerOnly.file(directory));
    } catch (FileAlreadyExistsException e) {
      // Slots, credits and the place in the queue are in the memory of the process that opened it.
      throw new IOException(
          directory + " was opened before; a worker that replaces another needs a new one", e);
    }
    return new Endpoint(
        options, new Lane(directory, FROM_WORKER), new Lane(directory, TO_WORKER), Disk.REAL);
  }

  private static void writeOptions(Path directory, TransportOptions options) throws IOException {
    Properties properties = options.toProperties();
    properties.setProperty("version", VERSION);
    try (Writer out = Files.newBufferedWriter(directory.resolve(OPTIONS))) {
      properties.store(out, null);
    }
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

  static boolean isConnection(Path directory) {
    return Files.isRegularFile(directory.resolve(OPTIONS));
  }

  static Path queue(Path directory, boolean toWorker) {
    return new Lane(directory.toAbsolutePath(), toWorker ? TO_WORKER : FROM_WORKER).queue();
  }

  /** As {@link Endpoint#delete}. */
  static void delete(Path directory) throws IOException {
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
