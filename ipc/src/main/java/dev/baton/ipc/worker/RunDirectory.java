package dev.baton.ipc.worker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The folder of one engine for queues and slabs, readable by its user only, named {@code
 * baton-ipc-PID-RANDOM}. Its file {@code owner} holds the pid and the start of the process it
 * belongs to, which also keeps it locked. Making one deletes what dead processes of the same user
 * left behind.
 */
public final class RunDirectory implements AutoCloseable {
  /** The system property that says where such folders are made; else in the temporary folder. */
  public static final String BASE = "baton.ipc.dir";

  private static final String PREFIX = "baton-ipc-";
  private static final String OWNER = "owner";

  // The start of a process is counted from the boot time, which the system may set right by a bit.
  private static final Duration CLOCK = Duration.ofSeconds(2);

  // Those of this process; their owner files must not be opened again, see isUnlocked.
  private static final Set<Path> LIVE = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel owner;

  private RunDirectory(Path path, FileChannel owner) {
    this.path = path;
    this.owner = owner;
  }

  /** Makes one in the place that {@link #BASE} names. */
  public static RunDirectory create() throws IOException {
    return create(Path.of(System.getProperty(BASE, System.getProperty("java.io.tmpdir"))));
  }

  /** Makes one in that folder, which must exist. */
  public static RunDirectory create(Path base) throws IOException {
    if (!Files.isDirectory(base) || !Files.isWritable(base)) {
      throw new IOException(
          "worker processes need a folder to exchange data in, but "
              + base
              + (Files.isDirectory(base) ? " is not writable" : " is not a folder")
              + "; name another with -D"
              + BASE
              + "=FOLDER");
    }
    synchronized (LIVE) {
      return createLocked(base.toRealPath());
    }
  }

  private static RunDirectory createLocked(Path base) throws IOException {
    deleteLeftovers(base);
    Path path = createNew(base);
    LIVE.add(path);
    try {
      FileChannel owner =
          FileChannel.open(
              path.resolve(OWNER), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      lock(owner);
      // Through this channel: to close another of the same file would drop the lock.
      owner.write(StandardCharsets.UTF_8.encode(Owner.ofThisProcess().toString()));
      return new RunDirectory(path, owner);
    } catch (IOException e) {
      LIVE.remove(path);
      PrivateDirectory.delete(path);
      throw e;
    }
  }

  private static Path createNew(Path base) throws IOException {
    String mine = PREFIX + ProcessHandle.current().pid() + "-";
    while (true) {
      long random = ThreadLocalRandom.current().nextLong();
      Path path = base.resolve(mine + Long.toHexString(random));
      try {
        PrivateDirectory.create(path);
        return path;
      } catch (FileAlreadyExistsException e) {
        // Of an earlier process with this pid; take the next.
      }
    }
  }

  // The lock, too, says that the owner lives: its pid means nothing in another container.
  private static Optional<FileLock> lock(FileChannel owner) {
    try {
      return Optional.ofNullable(owner.tryLock());
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // no locks on this file system, or held by this very process
    }
  }

  public Path path() {
    return path;
  }

  /** Deletes it with all it holds. */
  @Override
  public void close() throws IOException {
    try {
      PrivateDirectory.delete(path);
    } finally {
      owner.close();
      LIVE.remove(path);
    }
  }

  /** Deletes the folders of dead owners; those that can't be read or deleted are left. */
  static void deleteLeftovers(Path base) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(base, PREFIX + "*")) {
      for (Path folder : folders) {
        if (!LIVE.contains(folder)) {
          deleteIfDead(folder);
        }
      }
    } catch (IOException | RuntimeException e) {
      // What can't be listed is not ours to clean.
    }
  }

  private static void deleteIfDead(Path folder) {
    try {
      if (PrivateDirectory.isOurs(folder) && !Owner.of(folder).isAlive() && isUnlocked(folder)) {
        PrivateDirectory.delete(folder);
      }
    } catch (IOException | RuntimeException e) {
      // Another engine is at it, or it is not what its name says.
    }
  }

  // Only for folders of other processes: to close any channel of a file drops this process's lock.
  private static boolean isUnlocked(Path folder) throws IOException {
    Path file = folder.resolve(OWNER);
    if (!Files.exists(file)) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return lock(channel).isPresent();
    }
  }

  /** A process; {@code started} is empty where the system does not tell. */
  record Owner(long pid, Optional<Instant> started) {
    static Owner ofThisProcess() {
      ProcessHandle self = ProcessHandle.current();
      return new Owner(self.pid(), self.info().startInstant());
    }

    /** Whose folder that is; by its name alone while the owner file is not written. */
    static Owner of(Path folder) throws IOException {
      Path file = folder.resolve(OWNER);
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      if (lines.size() == 2) {
        return new Owner(Long.parseLong(lines.get(0)), instant(lines.get(1)));
      }
      String[] parts = folder.getFileName().toString().split("-", 4);
      return new Owner(Long.parseLong(parts[2]), Optional.empty());
    }

    boolean isAlive() {
      Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
      if (process.isEmpty()) {
        return false;
      }
      Optional<Instant> now = process.get().info().startInstant();
      return started.isEmpty()
          || now.isEmpty()
          || Duration.between(started.get(), now.get()).abs().compareTo(CLOCK) <= 0;
    }

    private static Optional<Instant> instant(String text) {
      try {
        return Optional.of(Instant.parse(text));
      } catch (DateTimeParseException e) {
        return Optional.empty();
      }
    }

    @Override
    public String toString() {
      return pid + "\n" + started.map(Instant::toString).orElse("") + "\n";
    }
  }
}
