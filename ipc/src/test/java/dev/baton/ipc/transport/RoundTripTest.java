package dev.baton.ipc.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.ipc.transport.TransportOptions.Kind;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("process")
class RoundTripTest {
  private static final int IN_FLIGHT = 3;

  @TempDir Path temporary;

  @ParameterizedTest
  @EnumSource
  void messages_of_any_size_come_back_from_another_jvm_in_order_and_intact(Kind kind)
      throws Exception {
    come_back(new TransportOptions(kind), 400, 3 << 20);
  }

  /** Chronicle maps a file block by block; those of small slots have many. */
  @ParameterizedTest
  @EnumSource
  void messages_come_back_wherever_in_the_blocks_of_a_file_they_lie(Kind kind) throws Exception {
    come_back(new TransportOptions(kind).within(2 << 20), 15_000, 60_000);
  }

  private void come_back(TransportOptions options, int messages, int mostBytes) throws Exception {
    Path directory = temporary.resolve("connection");
    SplittableRandom random = new SplittableRandom(7);
    long[] sizes = new long[messages];
    for (int i = 0; i < messages; i++) {
      sizes[i] = random.nextInt(4) == 0 ? random.nextInt(100) : random.nextInt(mostBytes);
    }
    Process peer;
    try (Endpoint endpoint = Endpoint.create(directory, options)) {
      peer = Peer.start("echo", directory);
      for (int i = 0; i < messages + IN_FLIGHT; i++) {
        if (i < messages) {
          endpoint.send(header(i), Filled.of(i, sizes[i]), peer::isAlive);
        }
        if (i >= IN_FLIGHT) {
          int expected = i - IN_FLIGHT;
          try (Message message = endpoint.take(Peer.LONG)) {
            assertNotNull(message, "message " + expected);
            assertArrayEquals(header(expected), message.header());
            assertEquals(0, message.payloadAddress() % 64);
            Filled.of(expected, sizes[expected]).assertIn(message);
          }
        }
      }
      assertEquals(endpoint.bytesSent(), endpoint.bytesReceived());
      endpoint.send(Peer.STOP, null, peer::isAlive);
      assertTrue(peer.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, peer.exitValue());
    }
    Endpoint.delete(directory);
    assertTrue(Files.notExists(directory));
  }

  private static byte[] header(int i) {
    return ByteBuffer.allocate(4 + i % 400).putInt(i).array();
  }
}
