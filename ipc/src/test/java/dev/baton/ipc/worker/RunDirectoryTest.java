package dev.baton.ipc.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  private static final long ME = ProcessHandle.current().pid();

  @TempDir Path base;

  @Test
  void itIsPrivateNamedAfterItsOwnerAndGoneWhenClosed() throws Exception {
    RunDirectory directory = RunDirectory.create(base);
    Path path = directory.path();
    assertTrue(path.getFileName().toString().startsWith("baton-ipc-" + ME + "-"));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    assertTrue(Files.readString(path.resolve("owner")).startsWith(ME + "\n"));
    Files.writeString(Files.createDirectories(path.resolve("a/b")).resolve("c"), "x");
    Path outside = Files.writeString(base.resolve("outside"), "x");
    Files.createSymbolicLink(path.resolve("link"), outside);
    directory.close();
    assertFalse(Files.exists(path));
    assertTrue(Files.exists(outside));
  }

  @Test
  void twoOfOneProcessLiveSideBySide() throws Exception {
    try (RunDirectory one = RunDirectory.create(base);
        RunDirectory two = RunDirectory.create(base)) {
      assertNotEquals(one.path(), two.path());
      assertTrue(Files.isDirectory(one.path()));
    }
  }

  @Test
  void whatADeadProcessLeftIsDeleted() throws Exception {
    Path gone = leftover("baton-ipc-" + Integer.MAX_VALUE + "-1", owner(Integer.MAX_VALUE));
    Path noOwner = leftover("baton-ipc-" + Integer.MAX_VALUE + "-2", "");
    Path samePid = leftover("baton-ipc-" + ME + "-3", ME + "\n" + Instant.EPOCH + "\n");
    RunDirectory.create(base).close();
    assertFalse(Files.exists(gone));
    assertFalse(Files.exists(noOwner));
    assertFalse(Files.exists(samePid));
  }

  @Test
  void whatMayBeAliveOrIsNotOursStays() throws Exception {
    Path live = leftover("baton-ipc-" + ME + "-1", RunDirectory.Owner.ofThisProcess().toString());
    Path young = leftover("baton-ipc-" + ME + "-2", "");
    Path open = leftover("baton-ipc-" + Integer.MAX_VALUE + "-3", owner(Integer.MAX_VALUE));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path link = base.resolve("baton-ipc-" + Integer.MAX_VALUE + "-4");
    Files.createSymbolicLink(link, Files.createDirectory(base.resolve("elsewhere")));
    Path odd = leftover("baton-ipc-of my own", "");
    RunDirectory.create(base).close();
    assertTrue(Files.exists(live));
    assertTrue(Files.exists(young));
    assertTrue(Files.exists(open));
    assertTrue(Files.exists(link));
    assertTrue(Files.exists(odd));
  }

  @Test
  void aStartSetRightByTheSystemIsStillTheSameProcess() {
    Optional<Instant> start = ProcessHandle.current().info().startInstant();
    assertTrue(new RunDirectory.Owner(ME, start.map(at -> at.plusSeconds(1))).isAlive());
    assertEquals(
        start.isEmpty(), new RunDirectory.Owner(ME, start.map(at -> at.plusSeconds(9))).isAlive());
  }

  @Test
  void aPlaceThatIsNoneNamesTheProperty() {
    Path missing = base.resolve("missing");
    IOException e = assertThrows(IOException.class, () -> RunDirectory.create(missing));
    assertTrue(e.getMessage().contains(missing + " is not a folder"), e.getMessage());
    assertTrue(e.getMessage().contains("-Dbaton.ipc.dir=FOLDER"), e.getMessage());
  }

  private static String owner(long pid) {
    return pid + "\n" + Instant.now() + "\n";
  }

  private Path leftover(String name, String owner) throws IOException {
    Path folder = base.resolve(name);
    PrivateDirectory.create(folder);
    if (!owner.isEmpty()) {
      Files.writeString(folder.resolve("owner"), owner);
    }
    Files.writeString(folder.resolve("slab"), "x");
    return folder;
  }
}
