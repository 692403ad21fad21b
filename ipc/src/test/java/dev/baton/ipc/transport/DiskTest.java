package dev.baton.ipc.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.ipc.transport.TransportOptions.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Disks that are full, and how much of one a connection takes. */
class DiskTest {
  @TempDir Path temporary;

  private Path directory() {
    return temporary.resolve("connection");
  }

  /** Has {@code promised} bytes by its own account and fails after {@code actual}. */
  private static final class SmallDisk implements Disk {
    private long promised;
    private long actual;

    SmallDisk(long promised, long actual) {
      this.promised = promised;
      this.actual = actual;
    }

    @Override
    public long usableBytes(Path directory) {
      return promised;
    }

    @Override
    public OutputStream create(Path file) throws IOException {
      OutputStream real = REAL.create(file);
      return new OutputStream() {
        @Override
        public void write(int b) {
          throw new AssertionError("byte by byte");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          actual -= length;
          if (actual < 0) {
            throw new IOException("No space left on device");
          }
          real.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
          real.close();
        }
      };
    }
  }

  private static TransportOptions small(Kind kind) {
    return new TransportOptions(kind, 2, 64 << 10, 256 << 10, false);
  }

  @Test
  void a_connection_that_does_not_fit_is_refused_before_anything_is_written() {
    Disk disk = new SmallDisk(30 << 20, 30 << 20);
    IOException e =
        assertThrows(
            IOException.class,
            () -> ConnectionDirectory.create(directory(), TransportOptions.defaults(), disk));
    assertEquals(
        "the transport needs 37 MiB in "
            + directory()
            + " but only 30 MiB are free; set baton.ipc.dir to a larger place or free space",
        e.getMessage());
    assertTrue(Files.notExists(directory()));
  }

  @ParameterizedTest
  @EnumSource
  void a_disk_that_fills_up_meanwhile_is_an_error_and_nothing_is_left(Kind kind) {
    // With slabs it fails in the first, in the second and in the queue's first file.
    for (int actual : new int[] {0, 100_000, 200_000, 500_000}) {
      Disk disk = new SmallDisk(1 << 30, actual);
      IOException e =
          assertThrows(
              IOException.class,
              () -> ConnectionDirectory.create(directory(), small(kind), disk).close());
      assertTrue(e.getMessage().contains("(No space left on device)"), e.getMessage());
      assertTrue(Files.notExists(directory()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_disk_full_on_the_way_fails_the_send_and_frees_its_slot(Kind kind) throws Exception {
    SmallDisk disk = new SmallDisk(1 << 30, 1 << 30);
    try (Pair pair = Pair.in(directory(), small(kind), disk)) {
      disk.promised = 0;
      byte[] header = new byte[30_000];
      int sent = 0;
      IOException full = null;
      while (full == null) {
        try {
          pair.parent().send(header, Filled.of(sent, 1000), () -> true);
          sent++;
          pair.atWorker().close();
        } catch (IOException e) {
          full = e;
        }
      }
      assertTrue(full.getMessage().contains("only 0 MiB are free"), full.getMessage());
      for (int i = 0; i < 3; i++) {
        assertThrows(IOException.class, () -> pair.toWorker(1, 1000), "no slot is lost");
      }
      assertThrows(IOException.class, () -> pair.toWorker(1, 100_000));
      disk.promised = 1 << 30;
      pair.toWorker(9, 1000);
      pair.toWorker(10, 60_000);
      for (int i = 9; i <= 10; i++) {
        try (Message message = pair.atWorker()) {
          assertEquals(i, message.header()[0]);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void files_that_were_read_are_deleted_as_the_stream_goes_on(Kind kind) throws Exception {
    try (Pair pair = Pair.in(directory(), small(kind))) {
      long most = 0;
      for (int i = 0; i < 3000; i++) {
        pair.parent().send(new byte[1000], Filled.of(i, 10_000), () -> true);
        pair.atWorker().close();
        if (i % 50 == 0) {
          most = Math.max(most, queueFiles().size());
        }
      }
      assertTrue(most <= 2 * 2, most + " queue files at once");
    }
  }

  @ParameterizedTest
  @EnumSource
  void files_are_kept_for_replay_if_asked(Kind kind) throws Exception {
    TransportOptions keep = new TransportOptions(kind, 2, 64 << 10, 256 << 10, true);
    try (Pair pair = Pair.in(directory(), keep)) {
      for (int i = 0; i < 60; i++) {
        pair.parent().send(new byte[30_000], Filled.of(i, 10_000), () -> true);
        pair.atWorker().close();
      }
      assertTrue(queueFiles().size() > 5, queueFiles() + "");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_payload_larger_than_all_slots_travels_in_parts_without_more_disk(Kind kind)
      throws Exception {
    try (Pair pair = Pair.in(directory(), small(kind));
        Sender sender = new Sender(pair)) {
      long most = 0;
      for (int i = 0; i < 20; i++) {
        long bytes = (5L << 20) + i;
        sender.toWorker(i, bytes);
        sender.toWorker(i, 3);
        try (Message message = pair.atWorker()) {
          Filled.of(i, bytes).assertIn(message);
        }
        try (Message message = pair.atWorker()) {
          Filled.of(i, 3).assertIn(message);
        }
        most = Math.max(most, diskBytes());
      }
      assertTrue(most <= small(kind).diskBytes(), most + " bytes of disk");
    }
  }

  /** Sends from a thread of its own, as parts wait for the receiver. */
  private record Sender(Pair pair, ExecutorService thread) implements AutoCloseable {
    Sender(Pair pair) {
      this(pair, Executors.newSingleThreadExecutor());
    }

    void toWorker(int seed, long bytes) {
      thread.execute(
          () -> {
            try {
              pair.parent().send(new byte[] {(byte) seed}, Filled.of(seed, bytes), () -> true);
            } catch (IOException | InterruptedException e) {
              throw new AssertionError(e); // then the receiver waits in vain
            }
          });
    }

    @Override
    public void close() {
      thread.shutdown();
    }
  }

  private long diskBytes() throws IOException {
    long sum = 0;
    for (Path file : files("")) {
      try {
        sum += Files.isRegularFile(file) ? Files.size(file) : 0;
      } catch (NoSuchFileException e) {
        sum += 0; // deleted meanwhile
      }
    }
    return sum;
  }

  private List<Path> queueFiles() throws IOException {
    return files(".cq4");
  }

  private List<Path> files(String suffix) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory())) {
      files.filter(file -> file.toString().endsWith(suffix)).forEach(found::add);
    }
    return found;
  }
}
