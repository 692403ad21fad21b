package dev.baton.operators.io;

import static dev.baton.engine.testkit.Rows.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Encoder;
import dev.baton.engine.source.OpenSink;
import dev.baton.engine.source.Sink;
import dev.baton.engine.testkit.FakeContext;
import dev.baton.engine.testkit.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a sink of files writes appears as a whole or not at all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AtomicFileContract {
  @TempDir Path folder;

  private static final Rows ROWS =
      Rows.of(Rows.schema("a", Types.INT32), row(1), row((Object) null));

  /** The sinks, each for a file. */
  protected abstract List<Function<Path, Sink>> sinks();

  @ParameterizedTest
  @MethodSource("sinks")
  void nothingHasTheNameUntilAllIsWritten(Function<Path, Sink> make) throws Exception {
    Path path = folder.resolve("out");
    try (RootAllocator allocator = new RootAllocator();
        OpenSink sink = make.apply(path).open(ROWS.schema())) {
      sink.begin(new FakeContext(allocator));
      commit(make.apply(folder.resolve("out")), sink, allocator, new FakeContext(allocator));
      assertTrue(Files.notExists(path));
      assertTrue(only().getFileName().toString().startsWith("out.part-"), only().toString());
      sink.complete();
      assertTrue(Files.notExists(path));
      sink.finish();
      assertEquals(path, only());
      assertEquals(Files.size(path), sink.bytes());
    }
    assertEquals(path, only());
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void closeWithoutFinishLeavesNothing(Function<Path, Sink> make) throws Exception {
    try (RootAllocator allocator = new RootAllocator();
        OpenSink sink = make.apply(folder.resolve("out")).open(ROWS.schema())) {
      sink.begin(new FakeContext(allocator));
      commit(make.apply(folder.resolve("out")), sink, allocator, new FakeContext(allocator));
    }
    assertEquals(0, folder.toFile().list().length);
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void aCommitThatFailsLeavesWhatWasThereBefore(Function<Path, Sink> make) throws Exception {
    Path path = Files.writeString(folder.resolve("out"), "before");
    try (RootAllocator allocator = new RootAllocator();
        OpenSink sink = make.apply(path).open(ROWS.schema())) {
      sink.begin(new FakeContext(allocator));
      commit(make.apply(folder.resolve("out")), sink, allocator, new FakeContext(allocator));
      IOException e =
          assertThrows(
              IOException.class,
              () ->
                  commit(
                      make.apply(folder.resolve("out")), sink, allocator, new FullDisk(allocator)));
      assertEquals("no space left", e.getMessage());
    }
    assertEquals(path, only());
    assertEquals("before", Files.readString(path));
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void aFileOfThatNameIsReplaced(Function<Path, Sink> make) throws Exception {
    Path path = folder.resolve("out");
    Tables.write(make.apply(path), ROWS);
    byte[] alone = Files.readAllBytes(path);
    Files.writeString(path, "before, and much longer".repeat(1000));
    Tables.write(make.apply(path), ROWS);
    assertArrayEquals(alone, Files.readAllBytes(path));
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void placesThatCannotBeWrittenAreNamed(Function<Path, Sink> make) {
    Path missing = folder.resolve("missing/out");
    assertEquals(
        "cannot write "
            + missing
            + ": there is no folder "
            + missing.getParent()
            + "; make it first",
        assertThrows(IOException.class, () -> make.apply(missing).open(ROWS.schema()))
            .getMessage());
    assertEquals(
        "cannot write " + folder + ": it is a folder; name a file",
        assertThrows(IOException.class, () -> make.apply(folder).open(ROWS.schema())).getMessage());
    assertEquals(0, folder.toFile().list().length);
  }

  private Path only() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.reduce((a, b) -> Path.of(a + " and " + b)).orElseThrow();
    }
  }

  private static void commit(
      Sink made, OpenSink sink, BufferAllocator allocator, KernelContext context) throws Exception {
    try (Batch batch = ROWS.batch(allocator);
        Encoder encoder = made.encoder(ROWS.schema(), new FakeContext(allocator));
        Encoded encoded = encoder.encode(batch)) {
      sink.commit(encoded, context);
    }
  }

  private record FullDisk(BufferAllocator allocator) implements KernelContext {
    @Override
    public void checkpoint() {}

    @Override
    public <T> T blocking(Callable<T> action) throws Exception {
      throw new IOException("no space left");
    }
  }
}
