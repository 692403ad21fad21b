package dev.baton.ipc.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.ipc.transport.TransportOptions.Kind;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a broken peer, payload or caller may do, and who may read the files. */
class HostileTest {
  private static final byte[] NOTHING = {};

  @TempDir Path temporary;

  private Path directory() {
    return temporary.resolve("connection");
  }

  private static TransportOptions small(Kind kind) {
    return new TransportOptions(kind, 2, 64 << 10, 256 << 10, false);
  }

  private String complaint(Kind kind, Frame... frames) throws IOException {
    try (Endpoint parent = Endpoint.create(directory(), small(kind));
        QueueWriter writer =
            new QueueWriter(directory().resolve("from-worker"), small(kind), Disk.REAL)) {
      for (Frame frame : frames) {
        writer.append(frame, null);
      }
      for (int i = 1; i < frames.length && frames[i - 1].more() == 0; i++) {
        parent.poll();
      }
      IOException e = assertThrows(IOException.class, parent::poll);
      String start = "corrupt queue " + directory().resolve("from-worker") + ": ";
      assertTrue(e.getMessage().startsWith(start), e.getMessage());
      return e.getMessage().substring(start.length()).replaceAll("; both.*", "");
    } finally {
      Endpoint.delete(directory());
    }
  }

  @Test
  void descriptors_are_checked_before_memory_is_touched() throws IOException {
    assertEquals("slot 2 of 2", complaint(Kind.SLAB, Frame.message(Frame.SLOT, 2, 1, 0, NOTHING)));
    assertEquals(
        "slot -1 of 2", complaint(Kind.SLAB, Frame.message(Frame.SLOT, -1, 1, 0, NOTHING)));
    assertEquals(
        "a payload of 65537 bytes; a slot has 65536",
        complaint(Kind.SLAB, Frame.message(Frame.SLOT, 0, 65537, 0, NOTHING)));
    assertEquals(
        "a payload of -1 bytes; a slot has 65536",
        complaint(Kind.SLAB, Frame.message(Frame.SLOT, 0, -1, 0, NOTHING)));
    assertEquals(
        "a payload of 1 bytes with -1 to come",
        complaint(Kind.SLAB, Frame.message(Frame.SLOT, 0, 1, -1, NOTHING)));
    assertEquals(
        "a part of 1 bytes with 3 to come, where 1 of 3 bytes are there",
        complaint(
            Kind.SLAB,
            Frame.message(Frame.SLOT, 0, 1, 2, NOTHING),
            Frame.message(Frame.SLOT, 1, 1, 3, NOTHING)));
    assertEquals(
        "a document of kind 1 and placement 9",
        complaint(Kind.SLAB, Frame.message((byte) 9, 0, 1, 0, NOTHING)));
    assertEquals(
        "a payload of 1000 bytes that ends outside its document",
        complaint(Kind.QUEUE, Frame.message(Frame.INLINE, 0, 1000, 0, NOTHING)));
    assertEquals(
        "a slab slot in a connection without slabs",
        complaint(Kind.QUEUE, Frame.message(Frame.SLOT, 0, 1000, 0, NOTHING)));
    assertEquals(
        "slot 1 was filled while it is in use",
        complaint(
            Kind.SLAB,
            Frame.message(Frame.SLOT, 1, 1, 0, NOTHING),
            Frame.message(Frame.SLOT, 1, 1, 0, NOTHING)));
    assertEquals(
        "slots 1 were given back, which are not in use", complaint(Kind.SLAB, Frame.credit(1)));
    assertEquals(
        "slots 4 were given back, which are not in use", complaint(Kind.SLAB, Frame.credit(4)));
  }

  @Test
  void a_document_too_short_for_a_descriptor_is_refused() throws IOException {
    TransportOptions options = small(Kind.SLAB);
    try (Endpoint parent = Endpoint.create(directory(), options);
        SingleChronicleQueue queue =
            Queues.open(directory().resolve("from-worker"), options, () -> Queues.timeOf(1));
        ExcerptAppender appender = queue.createAppender()) {
      try (DocumentContext document = appender.writingDocument()) {
        document.wire().bytes().writeLong(1);
      }
      IOException e = assertThrows(IOException.class, parent::poll);
      assertTrue(e.getMessage().contains("a document of 8 bytes"), e.getMessage());
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_payload_that_throws_sends_nothing_and_the_next_one_arrives(Kind kind) throws Exception {
    try (Pair pair = Pair.in(directory(), small(kind))) {
      RuntimeException thrown = new RuntimeException("half way");
      for (long bytes : new long[] {1000, 100_000}) {
        for (int i = 0; i < 3; i++) {
          Payload failing =
              new Payload() {
                @Override
                public long bytes() {
                  return bytes;
                }

                @Override
                public void writeTo(long address) {
                  Filled.of(1, bytes / 2).writeTo(address);
                  throw thrown;
                }
              };
          assertSame(
              thrown,
              assertThrows(
                  RuntimeException.class,
                  () -> pair.parent().send(new byte[] {1}, failing, () -> false)));
        }
        assertNull(pair.worker().poll());
        pair.toWorker(2, 1000);
        try (Message message = pair.atWorker()) {
          assertEquals(2, message.header()[0]);
          Filled.of(2, 1000).assertIn(message);
        }
      }
    }
  }

  @Test
  void a_directory_is_created_once_and_opened_once() throws IOException {
    try (Endpoint parent = Endpoint.create(directory(), small(Kind.SLAB));
        Endpoint worker = Endpoint.open(directory())) {
      assertEquals(small(Kind.SLAB), worker.options());
      IOException e = assertThrows(IOException.class, () -> Endpoint.open(directory()));
      assertEquals(
          directory() + " was opened before; a worker that replaces another needs a new one",
          e.getMessage());
      assertThrows(
          FileAlreadyExistsException.class, () -> Endpoint.create(directory(), parent.options()));
    }
    IOException e = assertThrows(IOException.class, () -> Endpoint.open(temporary));
    assertEquals(
        temporary + " is not a connection: it has no connection.properties", e.getMessage());
  }

  @Test
  void options_are_checked_on_construction() {
    assertEquals(
        new TransportOptions(Kind.SLAB, 4, 4 << 20, 2 << 20, false), TransportOptions.defaults());
    for (int slots : new int[] {0, 65}) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> new TransportOptions(Kind.SLAB, slots, 4096, 1 << 20, false));
      assertEquals("transport: slots must be from 1 to 64 but is " + slots, e.getMessage());
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new TransportOptions(Kind.QUEUE, 4, 129 << 20, 1 << 20, false));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TransportOptions(Kind.SLAB, 4, 4096, 1000, false));
    assertEquals(8192, new TransportOptions(Kind.SLAB, 4, 4097, 1 << 20, false).slotBytes());
    assertEquals(64 << 10, TransportOptions.defaults().within(512 << 10).slotBytes());
    assertEquals(4 << 20, TransportOptions.defaults().within(1 << 30).slotBytes());
    assertThrows(
        IllegalArgumentException.class, () -> TransportOptions.defaults().within(8 * 4096 - 1));
  }

  @ParameterizedTest
  @EnumSource
  @DisabledOnOs(OS.WINDOWS)
  void only_the_owner_may_read_the_files(Kind kind) throws Exception {
    try (Pair pair = Pair.in(directory(), small(kind))) {
      for (int i = 0; i < 60; i++) {
        pair.parent().send(new byte[30_000], Filled.of(i, 10_000), () -> true);
        pair.atWorker().close();
      }
      pair.toWorker(1, 100_000);
      try (Stream<Path> files = Files.walk(directory())) {
        for (Path file : (Iterable<Path>) files::iterator) {
          assertEquals(
              Files.isDirectory(file) ? "rwx------" : "rw-------",
              PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
              file.toString());
        }
      }
      assertEquals(List.of(), strangers());
    }
  }

  /** What lies beside the connection. */
  private List<Path> strangers() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.filter(file -> !file.equals(directory())).toList();
    }
  }
}
