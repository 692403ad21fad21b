package dev.baton.ipc.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.ipc.transport.TransportOptions.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LifetimeTest {
  private static final int BYTES = 200_000;

  @TempDir Path temporary;

  private Path directory() {
    return temporary.resolve("connection");
  }

  /** Queue files of 256 KiB: a held document soon lies in a file that is read and deleted. */
  private static TransportOptions small(Kind kind, int slots) {
    return new TransportOptions(kind, slots, 256 << 10, 256 << 10, false);
  }

  @ParameterizedTest
  @EnumSource
  void a_held_message_stays_intact_while_hundreds_pass_it(Kind kind) throws Exception {
    try (Pair pair = Pair.in(directory(), small(kind, 3))) {
      pair.toWorker(1, BYTES);
      try (Message held = pair.atWorker()) {
        for (int i = 0; i < 300; i++) {
          int number = i;
          pair.parent().send(new byte[0], Filled.of(number, BYTES), () -> true);
          try (Message passing = pair.atWorker()) {
            Filled.of(number, BYTES).assertIn(passing);
          }
        }
        Filled.of(1, BYTES).assertIn(held);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void messages_are_given_back_in_any_order(Kind kind) throws Exception {
    try (Pair pair = Pair.in(directory(), small(kind, 4))) {
      List<Message> held = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        pair.toWorker(i, BYTES + i);
        held.add(pair.atWorker());
      }
      held.remove(2).close();
      held.remove(0).close();
      pair.toWorker(4, BYTES + 4);
      pair.toWorker(5, BYTES + 5);
      held.add(pair.atWorker());
      held.add(pair.atWorker());
      for (int i = held.size() - 1; i >= 0; i--) {
        try (Message message = held.get(i)) {
          Filled.of(message.header()[0], BYTES + message.header()[0]).assertIn(message);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_slot_goes_back_with_the_last_of_message_buffers_and_slices(Kind kind) throws Exception {
    try (Pair pair = Pair.in(directory(), small(kind, 1));
        BufferAllocator allocator = new RootAllocator()) {
      pair.toWorker(1, BYTES);
      Message message = pair.atWorker();
      ArrowBuf first = message.wrap(allocator);
      ArrowBuf second = message.wrap(allocator);
      assertEquals(BYTES, first.readableBytes());
      assertEquals(message.payloadAddress(), second.memoryAddress(), "no copy");
      ArrowBuf slice = second.slice(64, 128);
      slice.getReferenceManager().retain();
      message.close();
      first.close();
      second.close();
      assertThrows(TransportClosedException.class, () -> pair.toWorker(2, 1));
      Filled.of(1, BYTES).assertAt(slice.memoryAddress() - 64);
      slice.close();
      pair.toWorker(2, 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_allocator_without_room_leaves_the_message_as_it_was(Kind kind) throws Exception {
    try (Pair pair = Pair.in(directory(), small(kind, 1));
        BufferAllocator allocator = new RootAllocator(BYTES - 1)) {
      pair.toWorker(1, BYTES);
      try (Message message = pair.atWorker()) {
        assertThrows(OutOfMemoryException.class, () -> message.wrap(allocator));
        Filled.of(1, BYTES).assertIn(message);
        assertThrows(TransportClosedException.class, () -> pair.toWorker(2, 1));
      }
      pair.toWorker(2, 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_message_may_be_closed_twice_and_wrapped_only_before(Kind kind) throws Exception {
    try (Pair pair = Pair.in(directory(), small(kind, 2));
        BufferAllocator allocator = new RootAllocator()) {
      pair.toWorker(1, BYTES);
      Message message = pair.atWorker();
      message.close();
      message.close();
      assertThrows(IllegalStateException.class, () -> message.wrap(allocator));
      pair.toWorker(2, BYTES);
      pair.toWorker(3, BYTES);
      assertThrows(TransportClosedException.class, () -> pair.toWorker(4, BYTES));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_buffer_outlives_both_ends_and_the_directory(Kind kind) throws Exception {
    try (BufferAllocator allocator = new RootAllocator()) {
      ArrowBuf buffer;
      try (Pair pair = Pair.in(directory(), small(kind, 2))) {
        pair.toWorker(1, BYTES);
        try (Message message = pair.atWorker()) {
          buffer = message.wrap(allocator);
        }
      }
      Endpoint.delete(directory());
      assertTrue(Files.notExists(directory()));
      Filled.of(1, BYTES).assertAt(buffer.memoryAddress());
      buffer.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  @EnabledOnOs(OS.LINUX)
  void nothing_stays_mapped_or_open_after_the_last_close(Kind kind) throws Exception {
    Pair pair = Pair.in(directory(), small(kind, 2));
    pair.toWorker(1, BYTES);
    pair.toWorker(2, BYTES);
    Message held = pair.atWorker();
    pair.close();
    pair.close();
    assertThrows(TransportClosedException.class, () -> pair.toWorker(3, 1));
    assertThrows(TransportClosedException.class, () -> pair.worker().poll());
    Filled.of(1, BYTES).assertIn(held);
    held.close();
    BackgroundResourceReleaser.releasePendingResources();
    assertEquals(List.of(), mapped());
    assertEquals(List.of(), openFiles());
  }

  private List<String> mapped() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines.filter(line -> line.contains(directory().toString())).toList();
    }
  }

  private List<String> openFiles() throws IOException {
    List<String> open = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : (Iterable<Path>) descriptors::iterator) {
        if (Files.isSymbolicLink(descriptor)) {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (target.startsWith(directory().toString())) {
            open.add(target);
          }
        }
      }
    }
    return open;
  }
}
