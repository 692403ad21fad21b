package dev.baton.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.baton.engine.BatchStream;
import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.ExecutionMode.Transport;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.source.MemorySource;
import dev.baton.engine.source.Repeat;
import dev.baton.engine.source.Source;
import dev.baton.engine.testkit.RandomRows;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.TestOperators.Add;
import dev.baton.engine.testkit.Variants;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that is really full, a small file system in memory, which only root may mount. */
@Tag("process")
@Timeout(120)
class FullDiskTest {
  private static final Schema SCHEMA = Rows.schema("x", Types.FLOAT64, "s", Types.UTF8);

  @TempDir private Path folder;

  private final RootAllocator root = new RootAllocator();
  private Path disk;
  private Batch batch;

  @BeforeEach
  void open() throws IOException {
    disk = Files.createDirectory(folder.resolve("disk"));
    System.setProperty("baton.ipc.dir", disk.toString());
    // Small, so that documents, which fill the queue, are many.
    batch = RandomRows.of(SCHEMA, 100, 1, Mix.TAME).batch(root);
  }

  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    System.clearProperty("baton.ipc.dir");
    batch.close();
    root.close();
    run("umount", disk.toString());
  }

  private void mount(int mebibytes) throws Exception {
    boolean mounted =
        run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "baton-test", disk.toString());
    assumeTrue(mounted, "only root may mount a small file system; run this test as root");
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false; // there is no such command
    }
  }

  private Pipeline pipeline(int times) {
    Source source = new Repeat(new MemorySource(SCHEMA, List.of(batch)), times);
    return Pipeline.read(source).then(new Add("x", 1));
  }

  private static RunOptions options(Transport transport) {
    return Variants.baseline().withMode(ExecutionMode.processes(1).withTransport(transport));
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(disk)) {
      return files.toList();
    }
  }

  @Test
  void aSlabThatDoesNotFitIsAnErrorThatSaysWhatToDo() throws Exception {
    mount(20);
    try (Engine engine = Engine.open(root)) {
      PipelineException e =
          assertThrows(
              PipelineException.class, () -> engine.run(pipeline(3), options(Transport.SLAB)));
      assertTrue(
          e.getMessage()
              .matches(".*the transport needs \\d+ MiB in .* but only \\d+ MiB are free.*"),
          e::toString);
      assertTrue(e.getMessage().contains("set baton.ipc.dir to a larger place"), e::toString);
    }
    assertEquals(List.of(), left());
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aDiskThatFillsUpOnTheWayIsAnErrorAndNoCrash(Transport transport) throws Exception {
    mount(256);
    Path filler = disk.resolve("filler");
    try (Engine engine = Engine.open(root)) {
      PipelineException e =
          assertThrows(
              PipelineException.class,
              () -> {
                try (BatchStream stream = engine.stream(pipeline(1_000_000), options(transport))) {
                  boolean filled = false;
                  while (stream.hasNext()) {
                    stream.next().close();
                    if (!filled) {
                      fill(filler);
                      filled = true;
                    }
                  }
                }
              });
      assertTrue(e.getMessage().contains("MiB are free"), e::toString);
      // The workers it had are gone, and there is room again.
      Files.delete(filler);
      engine.run(pipeline(3), options(transport));
    }
    assertEquals(List.of(), left());
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertTrue(e.getMessage().contains("No space left"), e::toString);
    }
  }
}
