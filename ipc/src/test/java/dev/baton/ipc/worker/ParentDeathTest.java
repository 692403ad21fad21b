package dev.baton.ipc.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class ParentDeathTest {
  @TempDir Path directory;

  @Test
  void workersOfAKilledParentEndAndTheNextRunCleansUp() throws Exception {
    WorkerCommand like = Workers.command(ClassPath.ofThisJvm());
    List<String> flags = new ArrayList<>(like.flags());
    flags.add("-D" + RunDirectory.BASE + "=" + directory);
    WorkerCommand command =
        new WorkerCommand(like.java(), like.mainClass(), like.classPath(), Workers.HEAP, flags);
    Workers workers = new Workers(command, directory, Optional.empty());
    try (WorkerProcess parent = workers.start("parent")) {
      String[] words = workers.hear("child").split(" ");
      Path left = Path.of(words[words.length - 1]);
      ProcessHandle child = ProcessHandle.of(Long.parseLong(words[words.length - 2])).orElseThrow();
      assertTrue(child.isAlive());

      // Live ones are left alone, and so is what only looks like one.
      Path alien = Files.createDirectory(directory.resolve("baton-ipc-notes"));
      RunDirectory.create(directory).close();
      assertTrue(Files.isDirectory(left));

      parent.kill();
      Workers.end(parent);
      Orphan.awaitEnd(child);
      try (RunDirectory next = RunDirectory.create(directory)) {
        assertFalse(Files.exists(left));
        assertTrue(Files.isDirectory(next.path()));
        assertTrue(Files.isDirectory(alien));
      }
    }
  }

  @Test
  void aWorkerEndsWhenItsPipeDoes() throws Exception {
    WorkerCommand command = Workers.command(ClassPath.ofThisJvm());
    List<String> line =
        command.line(directory, List.of(), TestWorker.class.getName(), List.of("wait"));
    Process process = new ProcessBuilder(line).start();
    process.getOutputStream().close();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(WorkerExit.PARENT_GONE, process.exitValue());
  }
}
