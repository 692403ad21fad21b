package dev.baton.operators.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.request.RequestPolicy;
import dev.baton.engine.request.RequestPolicy.OnFailure;
import dev.baton.engine.source.MemorySource;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.Variants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ReadFileTest extends OperatorContract {
  private static final RequestPolicy NO_RETRY =
      new RequestPolicy(Duration.ofSeconds(5), 0, Duration.ZERO, 0, OnFailure.FAIL);

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.write(folder.resolve("empty"), new byte[0]);
    Files.writeString(folder.resolve("short"), "short");
    Files.writeString(folder.resolve("long"), "long".repeat(1000));
  }

  @Override
  protected Operator operator() {
    return new ReadFile("file", "content", folder);
  }

  @Override
  protected Schema input() {
    return Rows.schema("file", Types.UTF8);
  }

  @Override
  protected Rows rows(int count, long seed, Mix mix) {
    Random random = new Random(seed);
    String[] names = {"empty", "short", "long", null};
    Object[][] rows = new Object[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = Rows.row(names[random.nextInt(mix == Mix.ALL ? 4 : 3)]);
    }
    return Rows.of(input(), rows);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    List<Object> contents = new ArrayList<>();
    for (Object name : rows.column("file")) {
      String text = "long".equals(name) ? "long".repeat(1000) : "short".equals(name) ? "short" : "";
      contents.add(name == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }
    return rows.with(Types.field("content", Types.BINARY), contents);
  }

  private Rows read(String name, long maxBytes, RequestPolicy policy) {
    Rows rows = Rows.of(input(), Rows.row("short"), Rows.row(name));
    return drive.fitAndTransform(new ReadFile("file", "content", folder, maxBytes, policy), rows);
  }

  @Test
  void aFileThatIsNotThereIsAnErrorNamingIt() {
    ValueException e = assertThrows(ValueException.class, () -> read("missing", 1 << 20, NO_RETRY));
    assertEquals(1, e.row());
    assertEquals(
        folder.resolve("missing")
            + " failed: there is no such file; correct it, or set on-failure to null",
        e.getMessage());
  }

  /** As on a file server that does not answer: the step's thread does not wait for it. */
  @Test
  void aReadThatHangsEndsWithTheTimeOut() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    FileExchange exchange =
        new FileExchange(
            file -> {
              asked.countDown();
              hang(never);
              gone.countDown();
              return new byte[0];
            });
    try {
      IOException e =
          assertThrows(
              IOException.class, () -> exchange.ask(Path.of("hangs"), Duration.ofMillis(1)));
      assertEquals("no answer in time", e.getMessage());
      asked.await();
    } finally {
      exchange.close(); // returns while the read still hangs
      assertEquals(1, gone.getCount());
      never.countDown();
    }
    gone.await();
  }

  /** Waits whoever interrupts it, as a system call may. */
  private static void hang(CountDownLatch until) {
    boolean interrupted = false;
    while (until.getCount() > 0) {
      try {
        until.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @Timeout(60)
  void aPipeWithoutWriterIsAnErrorInEveryMode() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    Rows rows = Rows.of(input(), Rows.row("short"), Rows.row("pipe"));
    try (RootAllocator root = new RootAllocator();
        Engine engine = Engine.open(root);
        Batch batch = rows.batch(root)) {
      Pipeline pipeline =
          Pipeline.read(new MemorySource(input(), List.of(batch)))
              .then(new ReadFile("file", "content", folder, 1 << 20, NO_RETRY));
      for (RunOptions options : Variants.all()) {
        assertEquals(
            "stage 1 'content' (ReadFile), batch 0, row 1: "
                + pipe
                + " failed: it is not a regular file; correct it, or set on-failure to null",
            assertThrows(PipelineException.class, () -> engine.run(pipeline, options)).getMessage(),
            options.toString());
      }
    }
  }

  @Test
  void whatIsNoRegularFileIsAnErrorNamingIt() throws IOException {
    Files.createDirectory(folder.resolve("inner"));
    for (String name : List.of("inner", "/dev/zero")) {
      ValueException e = assertThrows(ValueException.class, () -> read(name, 1 << 20, NO_RETRY));
      assertEquals(
          folder.resolve(name)
              + " failed: it is not a regular file; correct it, or set on-failure to null",
          e.getMessage());
    }
  }

  @Test
  void aFileThatIsTooLargeIsAnErrorSayingHowLarge() {
    ValueException e = assertThrows(ValueException.class, () -> read("long", 100, NO_RETRY));
    assertEquals(
        folder.resolve("long")
            + " failed: it has 4000 bytes, more than the 100 of max-bytes; correct it, or set"
            + " on-failure to null",
        e.getMessage());
  }

  @Test
  void failuresCanBeNull() {
    RequestPolicy lenient =
        new RequestPolicy(Duration.ofSeconds(5), 0, Duration.ZERO, 0, OnFailure.NULL);
    assertNull(read("missing", 1 << 20, lenient).column("content").get(1));
  }
}
