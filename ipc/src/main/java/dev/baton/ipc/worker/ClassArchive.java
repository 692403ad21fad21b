package dev.baton.ipc.worker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Class-data archives of workers: classes parsed and checked once, mapped by every worker after,
 * which halves their start. One archive per JVM, flags and class path, kept in a cache folder with
 * its checksum in its name. The cache keeps those that were used last: to delete one that a worker
 * has mapped takes nothing from that worker. Archives only save time: whatever is wrong with the
 * cache, the answer is no archive, never an error. Safe for use by many threads and processes.
 */
public final class ClassArchive {
  private static final Object IN_THIS_JVM = new Object();
  private static final Set<StandardOpenOption> LOCK_FILE =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  private static final String SUFFIX = ".jsa";
  private static final String LOCK = ".lock";
  private static final String IN_THE_MAKING = "new";

  /** How many archives are kept, of all class paths, when another is made. */
  static final int KEPT = 4;

  private static final long MAKING_SECONDS = 60;

  private final Path cache;
  private final WorkerCommand command;
  private final String training;

  /**
   * @param cache a folder of this user's, made when missing; see {@link #defaultCache}
   * @param training a main class that uses what workers use, then returns; in its own JVM
   */
  public ClassArchive(Path cache, WorkerCommand command, String training) {
    this.cache = cache;
    this.command = command;
    this.training = training;
  }

  /**
   * The system property {@code baton.cds.dir}, else a folder of the user's under the temporary one.
   */
  public static Path defaultCache() {
    String named = System.getProperty("baton.cds.dir");
    if (named != null) {
      return Path.of(named);
    }
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
    return Path.of(System.getProperty("java.io.tmpdir"), "baton-cds-" + user);
  }

  /** The JVM flags that use an archive. */
  static List<String> use(Optional<Path> archive) {
    // No word about an archive that does not fit: the worker starts without.
    return archive
        .map(
            path ->
                List.of(
                    "-XX:SharedArchiveFile=" + path,
                    "-Xshare:auto",
                    "-Xlog:cds=off",
                    "-Xlog:cds+dynamic=off"))
        .orElse(List.of("-Xshare:auto"));
  }

  /** The archive when there is one; reads it once over to check it. */
  public Optional<Path> find() {
    try {
      return command.classPath().isArchivable() && isCacheOurs()
          ? findSound(key())
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The archive, which is made when there is none: that takes a second or two, and is done once
   * however many ask. Empty when it can't be made.
   */
  public Optional<Path> findOrCreate() {
    Optional<Path> found = find();
    if (found.isPresent() || !command.classPath().isArchivable()) {
      return found;
    }
    try {
      if (!Files.exists(cache)) {
        createCache();
      }
      if (!isCacheOurs()) {
        return Optional.empty();
      }
      String key = key();
      synchronized (IN_THIS_JVM) {
        try (FileChannel file = FileChannel.open(cache.resolve(key + LOCK), LOCK_FILE)) {
          file.lock(); // until it is closed
          found = findSound(key);
          return found.isPresent() ? found : create(key);
        }
      }
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private void createCache() throws IOException {
    try {
      PrivateDirectory.create(cache);
    } catch (FileAlreadyExistsException e) {
      // Another engine was faster.
    }
  }

  // Who can write an archive can run code in the workers.
  private boolean isCacheOurs() throws IOException {
    return PrivateDirectory.isOurs(cache);
  }

  private Optional<Path> findSound(String key) throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith(key) && name.endsWith(SUFFIX)) {
          if (name.equals(nameOf(key, file))) {
            noteUse(file);
            return Optional.of(file);
          }
          Files.deleteIfExists(file); // cut short or changed
        }
      }
    }
    return Optional.empty();
  }

  private static void noteUse(Path archive) {
    try {
      Files.setLastModifiedTime(archive, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // A cache that cannot be written to is not cleaned either.
    }
  }

  private Optional<Path> create(String key) throws IOException {
    // The JVM insists on making the file itself.
    Path folder = Files.createTempDirectory(cache, IN_THE_MAKING);
    try {
      Path made = folder.resolve("archive" + SUFFIX);
      List<String> flags =
          List.of(
              "-XX:ArchiveClassesAtExit=" + made, "-Xlog:disable", "-Djava.io.tmpdir=" + folder);
      Process process =
          new ProcessBuilder(command.line(folder, flags, training, List.of()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        process.getOutputStream().close();
        if (!process.waitFor(MAKING_SECONDS, TimeUnit.SECONDS)
            || process.exitValue() != 0
            || !Files.isRegularFile(made)) {
          return Optional.empty();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      } finally {
        process.destroyForcibly();
      }
      Path archive = cache.resolve(nameOf(key, made));
      Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
      cleanUp();
      return Optional.of(archive);
    } finally {
      PrivateDirectory.delete(folder);
    }
  }

  /**
   * Deletes all but the archives used last, and what processes left that ended while making one.
   */
  private void cleanUp() {
    try {
      deleteOld();
    } catch (IOException e) {
      // Another process was at it, or the next will be.
    }
  }

  private void deleteOld() throws IOException {
    Instant dead = Instant.now().minusSeconds(2 * MAKING_SECONDS);
    Map<Path, Instant> archives = new HashMap<>();
    try (Stream<Path> files = Files.list(cache)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        Instant used = Files.getLastModifiedTime(file).toInstant();
        if (name.endsWith(SUFFIX)) {
          archives.put(file, used);
        } else if (used.isBefore(dead)) {
          if (name.startsWith(IN_THE_MAKING)) {
            PrivateDirectory.delete(file);
          } else if (name.endsWith(LOCK)) {
            Files.deleteIfExists(file);
          }
        }
      }
    }
    List<Path> newestFirst = new ArrayList<>(archives.keySet());
    newestFirst.sort(Comparator.comparing(archives::get).reversed());
    for (Path old : newestFirst.subList(Math.min(KEPT, newestFirst.size()), newestFirst.size())) {
      Files.deleteIfExists(old);
    }
  }

  private String key() throws IOException {
    CRC32C text = new CRC32C();
    for (String part :
        List.of(
            System.getProperty("java.vm.version"),
            command.java().toString(),
            command.archiveFlags().toString(),
            training)) {
      text.update(part.getBytes(StandardCharsets.UTF_8));
      text.update('\n');
    }
    return String.format("%016x%08x", command.classPath().fingerprint(), text.getValue());
  }

  private static String nameOf(String key, Path archive) throws IOException {
    CRC32C sum = new CRC32C();
    try (FileChannel file = FileChannel.open(archive)) {
      sum.update(file.map(FileChannel.MapMode.READ_ONLY, 0, file.size()));
    }
    return key + String.format("-%08x", sum.getValue()) + SUFFIX;
  }
}
