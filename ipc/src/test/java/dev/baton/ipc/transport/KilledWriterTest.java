package dev.baton.ipc.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.baton.ipc.transport.TransportOptions.Kind;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("process")
class KilledWriterTest {
  @TempDir Path temporary;

  @ParameterizedTest
  @EnumSource
  void what_a_killed_writer_left_half_written_is_skipped(Kind kind) throws Exception {
    Path directory = temporary.resolve("connection");
    TransportOptions options = new TransportOptions(kind, 8, 64 << 10, 256 << 10, false);
    try (Endpoint parent = Endpoint.create(directory, options)) {
      Process peer = Peer.start("half", directory);
      try (BufferedReader output = peer.inputReader()) {
        assertEquals("half", output.readLine());
      }
      peer.destroyForcibly();
      assertEquals(128 + 9, peer.waitFor());

      for (int i = 0; i < 3; i++) {
        try (Message message = parent.take(Peer.LONG)) {
          assertNotNull(message);
          assertEquals(i, message.header()[0]);
          Filled.of(i, 1000).assertIn(message);
        }
      }
      assertNull(parent.poll());

      // Whoever writes on after it: the tailer passes the half document by.
      try (QueueWriter next =
          new QueueWriter(directory.resolve("from-worker"), options, Disk.REAL)) {
        next.append(Frame.message(Frame.NONE, 0, 0, 0, new byte[] {9}), null);
        try (Message message = parent.take(Peer.LONG)) {
          assertNotNull(message);
          assertEquals(9, message.header()[0]);
        }
        assertNull(parent.poll());
      }
    }
    Endpoint.delete(directory);
  }

  @Test
  void nothing_is_written_to_the_home_folder_or_beside_the_connection() throws Exception {
    Path directory = temporary.resolve("connection");
    Path home = Files.createDirectory(temporary.resolve("home"));
    Path work = Files.createDirectory(temporary.resolve("tmp"));
    try (Endpoint parent = Endpoint.create(directory, new TransportOptions(Kind.QUEUE))) {
      Process peer =
          Peer.start("echo", directory, "-Duser.home=" + home, "-Djava.io.tmpdir=" + work);
      parent.send(new byte[] {1}, Filled.of(1, 100_000), peer::isAlive);
      try (Message message = parent.take(Peer.LONG)) {
        assertNotNull(message);
        Filled.of(1, 100_000).assertIn(message);
      }
      parent.send(Peer.STOP, null, peer::isAlive);
      peer.waitFor(60, TimeUnit.SECONDS);
      assertEquals(0, peer.exitValue());
    }
    Endpoint.delete(directory);
    assertEquals(List.of(home, work), found(temporary).sorted().toList());
    assertEquals(List.of(), found(home).toList());
    assertEquals(List.of(), found(work).toList());
  }

  private static Stream<Path> found(Path directory) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList().stream();
    }
  }
}
