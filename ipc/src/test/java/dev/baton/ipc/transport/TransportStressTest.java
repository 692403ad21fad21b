package dev.baton.ipc.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Memory;
import dev.baton.ipc.transport.TransportOptions.Kind;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Minutes: {@code mvn -Pstress -pl engine,ipc -am test -Dtest=TransportStressTest}. */
@Tag("stress")
@Tag("process")
class TransportStressTest {
  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource({"SLAB, 16384", "QUEUE, 4096"})
  @EnabledOnOs(OS.LINUX)
  void gigabytes_pass_through_less_disk_than_the_options_promise(Kind kind, int mebibytes)
      throws Exception {
    Path directory = temporary.resolve("connection");
    TransportOptions options = new TransportOptions(kind);
    long block = 4 << 20;
    try (Endpoint parent = Endpoint.create(directory, options)) {
      Process peer = Peer.start("sink", directory);
      long most = 0;
      for (int i = 0; i < mebibytes / 4; i++) {
        parent.send(new byte[100], constant(i, block), peer::isAlive);
        if (i % 100 == 0) {
          most = Math.max(most, usedKib(directory));
        }
      }
      parent.send(Peer.STOP, null, peer::isAlive);
      try (Message message = parent.take(Peer.LONG)) {
        assertNotNull(message);
        long sum = 0;
        for (long i = 0; i < mebibytes / 4; i++) {
          sum += block / 8 * (i & 0xff) * 0x0101010101010101L;
        }
        assertEquals(
            mebibytes * (1L << 20) + " " + sum,
            new String(message.header(), StandardCharsets.UTF_8));
      }
      assertTrue(peer.waitFor(60, TimeUnit.SECONDS));
      System.out.printf(
          "%s: %d MiB through at most %d MiB of disk (promised %d)%n",
          kind, mebibytes, most >> 10, options.diskBytes() >> 20);
      assertTrue(most << 10 <= options.diskBytes(), most + " KiB");
    }
    Endpoint.delete(directory);
  }

  @ParameterizedTest
  @EnumSource
  void a_payload_of_one_gibibyte_travels(Kind kind) throws Exception {
    Path directory = temporary.resolve("connection");
    try (Endpoint parent = Endpoint.create(directory, new TransportOptions(kind))) {
      Process peer = Peer.start("echo", directory);
      Filled huge = Filled.of(5, 1L << 30);
      parent.send(new byte[] {1}, huge, peer::isAlive);
      try (Message message = parent.take(Peer.LONG)) {
        assertNotNull(message);
        huge.assertIn(message);
      }
      parent.send(Peer.STOP, null, peer::isAlive);
      assertTrue(peer.waitFor(60, TimeUnit.SECONDS));
    }
    Endpoint.delete(directory);
  }

  private static Payload constant(int value, long bytes) {
    return new Payload() {
      @Override
      public long bytes() {
        return bytes;
      }

      @Override
      public void writeTo(long address) {
        Memory.fill(address, bytes, (byte) value);
      }
    };
  }

  private static long usedKib(Path directory) throws Exception {
    Process du = new ProcessBuilder("du", "-sk", directory.toString()).start();
    try (BufferedReader output = du.inputReader()) {
      return Long.parseLong(output.readLine().split("\t")[0]);
    }
  }
}
