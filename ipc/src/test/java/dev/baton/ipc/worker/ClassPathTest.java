package dev.baton.ipc.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {
  @TempDir Path directory;

  @Test
  void entriesAreAbsoluteAndAnEmptyOneIsThisFolder() {
    ClassPath path = ClassPath.parse("a.jar" + File.pathSeparator + File.pathSeparator + "b");
    Path here = Path.of("").toAbsolutePath();
    assertEquals(List.of(here.resolve("a.jar"), here, here.resolve("b")), path.entries());
  }

  @Test
  void underSurefireItIsThatOfTheTests() {
    ClassPath path = ClassPath.of("/t/surefirebooter-1_3.jar", "", "/a/test-classes");
    assertEquals(List.of(Path.of("/a/test-classes").toAbsolutePath()), path.entries());
    assertTrue(
        ClassPath.ofThisJvm().entries().stream()
            .noneMatch(entry -> entry.getFileName().toString().startsWith("surefirebooter")));
  }

  @Test
  void modulesComeAfterTheClassPath() throws Exception {
    Path modules = Files.createDirectory(directory.resolve("modules"));
    Files.createFile(modules.resolve("m.jar"));
    ClassPath path = ClassPath.of("/a.jar", modules.toString(), "");
    assertEquals(
        List.of(Path.of("/a.jar").toAbsolutePath(), modules.resolve("m.jar")), path.entries());
  }

  @Test
  void anEditedJarChangesTheFingerprint() throws Exception {
    Path jar = Files.writeString(directory.resolve("a.jar"), "one");
    ClassPath path = new ClassPath(List.of(jar));
    long before = path.fingerprint();
    assertEquals(before, path.fingerprint());
    Files.writeString(jar, "three");
    assertNotEquals(before, path.fingerprint());
    assertTrue(path.isArchivable());
    assertFalse(new ClassPath(List.of(jar, directory)).isArchivable());
  }

  @Test
  @Tag("process")
  void aManifestOnlyJarOfABuildToolWorks() throws Exception {
    Path jar = Workers.manifestOnly(ClassPath.ofThisJvm(), directory.resolve("booter.jar"));
    runsOn(new ClassPath(List.of(jar)));
  }

  @Test
  @Tag("process")
  void aClassPathTooLongForACommandLineWorks() throws Exception {
    List<Path> entries = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      entries.add(directory.resolve("a \"quoted\" \\ name that is rather long " + i + ".jar"));
    }
    entries.addAll(ClassPath.ofThisJvm().entries());
    ClassPath path = new ClassPath(entries);
    assertTrue(path.toString().length() > 200_000);
    runsOn(path);
  }

  private void runsOn(ClassPath path) throws Exception {
    Workers workers = new Workers(Workers.command(path), directory, Optional.empty());
    try (WorkerProcess worker = workers.start("exit", "5")) {
      WorkerExit exit = Workers.end(worker);
      assertEquals(5, exit.code(), exit.describe());
    }
  }
}
