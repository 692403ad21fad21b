package dev.baton.ipc.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.ipc.transport.TransportOptions.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CreditsTest {
  @TempDir Path temporary;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() throws InterruptedException {
    threads.shutdownNow();
    threads.awaitTermination(60, TimeUnit.SECONDS);
  }

  private Pair pair(Kind kind) throws IOException {
    return Pair.in(
        temporary.resolve("connection"), new TransportOptions(kind, 2, 64 << 10, 256 << 10, false));
  }

  @ParameterizedTest
  @EnumSource
  void a_sender_waits_while_all_slots_are_held_and_goes_on_when_one_comes_back(Kind kind)
      throws Exception {
    try (Pair pair = pair(kind)) {
      pair.toWorker(1, 1000);
      pair.toWorker(2, 1000);
      try (Message first = pair.atWorker()) {
        Message second = pair.atWorker();
        CountDownLatch waiting = new CountDownLatch(10);
        Future<?> third =
            threads.submit(
                () -> {
                  pair.parent()
                      .send(
                          new byte[] {3},
                          Filled.of(3, 1000),
                          () -> {
                            waiting.countDown();
                            return true;
                          });
                  return null;
                });
        waiting.await();
        assertFalse(third.isDone());
        assertNull(pair.worker().poll());
        second.close();
        third.get(60, TimeUnit.SECONDS);
        try (Message message = pair.atWorker()) {
          assertEquals(3, message.header()[0]);
        }
        Filled.of(1, 1000).assertIn(first);
      }
      assertFalse(pair.parent().waitNanos() == 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void giving_up_sends_nothing_and_says_who_holds_the_slots(Kind kind) throws Exception {
    try (Pair pair = pair(kind)) {
      pair.toWorker(1, 1000);
      pair.toWorker(2, 1000);
      TransportClosedException e =
          assertThrows(TransportClosedException.class, () -> pair.toWorker(3, 1000));
      assertEquals(
          "gave up waiting for one of 2 slots: the receiver holds them all", e.getMessage());
      pair.atWorker().close();
      pair.toWorker(4, 1000);
      pair.atWorker().close();
      try (Message message = pair.atWorker()) {
        assertEquals(4, message.header()[0], "3 was not sent");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void messages_without_payload_pass_while_all_slots_are_held(Kind kind) throws Exception {
    try (Pair pair = pair(kind)) {
      pair.toWorker(1, 1000);
      pair.toWorker(2, 1000);
      byte[] header = new byte[TransportOptions.MAX_HEADER_BYTES];
      header[header.length - 1] = 7;
      pair.parent().send(header, null, () -> false);
      try (Message first = pair.atWorker();
          Message second = pair.atWorker();
          Message third = pair.atWorker()) {
        assertEquals(1, first.header()[0]);
        assertEquals(2, second.header()[0]);
        assertArrayEquals(header, third.header());
        assertEquals(0, third.payloadBytes());
      }
      assertThrows(
          IllegalArgumentException.class,
          () -> pair.parent().send(new byte[header.length + 1], null, () -> false));
    }
  }

  @ParameterizedTest
  @EnumSource
  void both_sides_may_fill_all_slots_at_once_and_messages_wait_in_order(Kind kind)
      throws Exception {
    int count = 2000;
    try (Pair pair = pair(kind)) {
      Future<?> worker = threads.submit(() -> sendAndReceive(pair.worker(), count));
      sendAndReceive(pair.parent(), count);
      worker.get(60, TimeUnit.SECONDS);
    }
  }

  /** Sends whenever a slot is free and holds what comes for a while; one thread does both. */
  private static Void sendAndReceive(Endpoint endpoint, int count)
      throws IOException, InterruptedException {
    Deque<Message> held = new ArrayDeque<>();
    Backoff backoff = new Backoff();
    int received = 0;
    for (int sent = 0; sent < count || received < count; ) {
      if (sent < count) {
        try {
          endpoint.send(new byte[] {(byte) sent}, Filled.of(sent, 500), () -> false);
          sent++;
          backoff.reset();
        } catch (TransportClosedException e) {
          backoff.idle();
        }
      }
      Message message = endpoint.poll();
      if (message != null) {
        assertEquals((byte) received, message.header()[0]);
        Filled.of(received++, 500).assertIn(message);
        held.add(message);
      }
      if (held.size() == 2 || (message == null && !held.isEmpty())) {
        held.remove().close();
      }
    }
    while (!held.isEmpty()) {
      held.remove().close();
    }
    return null;
  }

  @ParameterizedTest
  @EnumSource
  void messages_are_closed_on_other_threads_while_a_document_is_written(Kind kind)
      throws Exception {
    try (Pair pair = pair(kind)) {
      for (int i = 0; i < 500; i++) {
        pair.parent().send(new byte[0], Filled.of(i, 500), () -> true);
        Message message = pair.atWorker();
        Future<?> closing = threads.submit(message::close);
        pair.worker().send(new byte[] {(byte) i}, Filled.of(i, 700), () -> true);
        try (Message back = pair.parent().take(Peer.LONG)) {
          assertEquals((byte) i, back.header()[0]);
        }
        closing.get(60, TimeUnit.SECONDS);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_interrupted_thread_still_sends_and_gives_slots_back(Kind kind) throws Exception {
    try (Pair pair = pair(kind)) {
      byte[] header = new byte[30_000];
      for (int i = 0; i < 100; i++) {
        // Long enough for several queue files on both sides.
        pair.parent().send(header, Filled.of(i, 60_000), () -> true);
        Message message = pair.atWorker();
        Thread.currentThread().interrupt();
        pair.worker().send(header, Filled.of(i, 60_000), () -> false);
        message.close();
        assertTrue(Thread.interrupted());
        pair.parent().take(Peer.LONG).close();
        pair.worker().poll();
      }
    } finally {
      Thread.interrupted();
    }
  }
}
