package dev.baton.ipc.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class ClassArchiveTest {
  private static final String TRAINING = ArchiveTraining.class.getName();

  @TempDir Path directory;

  @Test
  void anArchiveIsMadeOnceHoweverManyAskAndMendedWhenItIsCorrupt() throws Exception {
    WorkerCommand command = Workers.command(Workers.jars(directory));
    Path cache = directory.resolve("cache");
    assertEquals(Optional.empty(), new ClassArchive(cache, command, TRAINING).find());

    Set<Path> made = new HashSet<>();
    ExecutorService engines = Executors.newFixedThreadPool(4);
    try {
      List<Future<Optional<Path>>> asked = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        // As engines of their own.
        ClassArchive archive = new ClassArchive(cache, command, TRAINING);
        asked.add(engines.submit(archive::findOrCreate));
      }
      for (Future<Optional<Path>> answer : asked) {
        made.add(answer.get().orElseThrow());
      }
    } finally {
      engines.shutdown();
    }
    assertEquals(1, made.size());
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)));
    assertEquals(1, archivesIn(cache));
    Path archive = made.iterator().next();
    assertTrue(used(command, archive));

    try (FileChannel file = FileChannel.open(writable(archive), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap("spoiled".getBytes(UTF_8)), file.size() / 2);
    }
    ClassArchive after = new ClassArchive(cache, command, TRAINING);
    assertEquals(Optional.empty(), after.find());
    assertFalse(Files.exists(archive));
  }

  @Test
  void anArchiveThatIsNoneCostsOnlyTime() throws Exception {
    Path none = Files.writeString(directory.resolve("none.jsa"), "no archive at all");
    WorkerCommand command = Workers.command(ClassPath.ofThisJvm());
    Workers workers = new Workers(command, directory, Optional.of(none));
    try (WorkerProcess worker = workers.start("exit", "4")) {
      WorkerExit exit = Workers.end(worker);
      assertEquals(4, exit.code());
      assertEquals(List.of(), exit.lastLines());
    }
  }

  @Test
  void withoutAUsableCacheThereIsNoArchiveAndNoError() throws Exception {
    Path jar = Files.createFile(directory.resolve("a.jar"));
    WorkerCommand command = Workers.command(new ClassPath(List.of(jar)));
    Path file = Files.createFile(directory.resolve("file"));
    Path open = Files.createDirectory(directory.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    for (Path cache : List.of(file, open, directory.resolve("missing").resolve("deep"))) {
      ClassArchive archive = new ClassArchive(cache, command, TRAINING);
      assertEquals(Optional.empty(), archive.findOrCreate());
    }
    assertEquals(0, archivesIn(open));
  }

  @Test
  void theCacheKeepsWhatWasUsedLastAndNothingHalfMade() throws Exception {
    WorkerCommand command = Workers.command(Workers.jars(directory));
    Path cache = directory.resolve("cache");
    ClassArchive archive = new ClassArchive(cache, command, TRAINING);
    PrivateDirectory.create(cache);
    List<Path> others = new ArrayList<>();
    for (int days = 1; days <= ClassArchive.KEPT + 1; days++) {
      Path other = Files.writeString(cache.resolve("other" + days + ".jsa"), "an archive");
      others.add(aged(other, days));
    }
    Path deadLock = aged(Files.createFile(cache.resolve("dead.lock")), 1);
    Path liveLock = Files.createFile(cache.resolve("live.lock"));
    Path dead = Files.createDirectory(cache.resolve("new1"));
    Files.writeString(dead.resolve("archive.jsa"), "half an archive");
    aged(dead, 1);
    Path live = Files.createDirectory(cache.resolve("new2"));

    Set<Path> expected = new HashSet<>(others.subList(0, ClassArchive.KEPT - 1));
    expected.add(archive.findOrCreate().orElseThrow());
    try (Stream<Path> files = Files.list(cache)) {
      assertEquals(
          expected,
          files.filter(file -> file.toString().endsWith(".jsa")).collect(Collectors.toSet()));
    }
    assertFalse(Files.exists(dead));
    assertFalse(Files.exists(deadLock));
    assertTrue(Files.exists(live));
    assertTrue(Files.exists(liveLock));
  }

  private static Path aged(Path file, int days) throws IOException {
    Instant then = Instant.now().minus(days, ChronoUnit.DAYS);
    return Files.setLastModifiedTime(file, FileTime.from(then));
  }

  @Test
  void trainingThatFailsLeavesNothing() throws Exception {
    Path jar = Files.createFile(directory.resolve("a.jar"));
    WorkerCommand command = Workers.command(new ClassPath(List.of(jar)));
    Path cache = directory.resolve("cache");
    assertEquals(Optional.empty(), new ClassArchive(cache, command, "no.such.Main").findOrCreate());
    try (Stream<Path> left = Files.list(cache)) {
      assertTrue(left.allMatch(path -> path.toString().endsWith(".lock")));
    }
  }

  private static long archivesIn(Path cache) throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.filter(file -> file.toString().endsWith(".jsa")).count();
    }
  }

  private static Path writable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  // Whether a worker takes its classes from there.
  private boolean used(WorkerCommand command, Path archive) throws Exception {
    List<String> flags = new ArrayList<>(ClassArchive.use(Optional.of(archive)));
    flags.add("-Xlog:class+load:file=" + directory.resolve("classes.txt"));
    List<String> line =
        command.line(directory, flags, TestWorker.class.getName(), List.of("arrow"));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(said.contains("loaded"), said);
    String loaded = Files.readString(directory.resolve("classes.txt"));
    return loaded
        .lines()
        .anyMatch(
            entry -> entry.contains("SingleChronicleQueue ") && entry.contains("shared objects"));
  }
}
