package dev.baton.ipc.transport;

import dev.baton.engine.batch.Memory;
import dev.baton.ipc.transport.TransportOptions.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * How fast payloads travel one way between two JVMs, and small messages there and back. The writer
 * copies from a warm buffer, the reader touches every byte. After {@code ./baton doctor} and {@code
 * mvn -Pquick -pl ipc -am test-compile}, from the root:
 *
 * <pre>
 * java @engine/src/main/resources/dev/baton/engine/jvm.args \
 *   -cp "ipc/target/test-classes:engine/target/test-classes:examples/target/lib/&#42;" \
 *   dev.baton.ipc.transport.TransportBenchmark [mebibytes per case] [directory]
 * </pre>
 *
 * <p>{@code TransportBenchmark --disk 16} instead sends 16 GiB and says how much disk that took at
 * most.
 *
 * <p>On JDK 24 and later add {@code @engine/src/main/resources/dev/baton/engine/jvm-24.args}.
 */
final class TransportBenchmark {
  private static final int REPEATS = 3;
  private static final int ROUND_TRIPS = 50_000;

  private TransportBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 2 && arguments[0].equals("--reader")) {
      read(Path.of(arguments[1]));
      return;
    }
    if (arguments.length == 2 && arguments[0].equals("--disk")) {
      Path place = Files.createTempDirectory("baton-transport-benchmark");
      for (Kind kind : Kind.values()) {
        disk(place, kind, Long.parseLong(arguments[1]) << 30);
      }
      return;
    }
    long bytes = (arguments.length > 0 ? Long.parseLong(arguments[0]) : 4096) << 20;
    Path place =
        arguments.length > 1
            ? Path.of(arguments[1])
            : Files.createTempDirectory("baton-transport-benchmark");
    System.out.printf(
        Locale.ROOT,
        "JDK %s, %s; GB/s, best and median of %d%n",
        Runtime.version(),
        place,
        REPEATS);
    for (Kind kind : Kind.values()) {
      for (int mebibytes : new int[] {1, 2, 4, 8}) {
        // A quarter of the bytes through the queue: it is several times slower.
        throughput(place, kind, mebibytes << 20, kind == Kind.QUEUE ? bytes / 4 : bytes);
      }
    }
    roundTrips(place);
  }

  private static TransportOptions options(Kind kind, int slotBytes) {
    return new TransportOptions(kind, 4, slotBytes, new TransportOptions(kind).rollBytes(), false);
  }

  private static Process reader(Path directory) throws Exception {
    return Peer.start(TransportBenchmark.class, List.of("--reader", directory.toString()));
  }

  private static void throughput(Path place, Kind kind, int size, long bytes) throws Exception {
    Path directory = place.resolve("connection");
    try (BufferAllocator allocator = new RootAllocator();
        ArrowBuf source = allocator.buffer(size);
        Endpoint parent = Endpoint.create(directory, options(kind, size))) {
      Memory.fill(source.memoryAddress(), size, (byte) 3);
      Payload payload =
          new Payload() {
            @Override
            public long bytes() {
              return size;
            }

            @Override
            public void writeTo(long address) {
              Memory.copy(source.memoryAddress(), address, size);
            }
          };
      Process reader = reader(directory);
      double[] rates = new double[REPEATS];
      // The first round warms both JVMs up.
      for (int repeat = -1; repeat < REPEATS; repeat++) {
        long count = Math.max(1, bytes / size / (repeat < 0 ? 4 : 1));
        long start = System.nanoTime();
        for (long i = 0; i < count; i++) {
          parent.send(new byte[1], payload, reader::isAlive);
        }
        finish(parent);
        if (repeat >= 0) {
          rates[repeat] = (double) count * size / (System.nanoTime() - start);
        }
      }
      parent.send(Peer.STOP, null, reader::isAlive);
      reader.waitFor();
      Arrays.sort(rates);
      System.out.printf(
          Locale.ROOT,
          "%-5s %d MiB  %5.2f %5.2f%n",
          kind,
          size >> 20,
          rates[REPEATS - 1],
          rates[REPEATS / 2]);
    }
    Endpoint.delete(directory);
  }

  /** Waits until the reader has read all. */
  private static void finish(Endpoint parent) throws Exception {
    parent.send(new byte[2], null, () -> true);
    try (Message answer = parent.take(Peer.LONG)) {
      if (answer == null) {
        throw new IllegalStateException("the reader does not answer");
      }
    }
  }

  private static void disk(Path place, Kind kind, long bytes) throws Exception {
    Path directory = place.resolve("connection");
    int size = 4 << 20;
    long most = 0;
    try (Endpoint parent = Endpoint.create(directory, new TransportOptions(kind));
        BufferAllocator allocator = new RootAllocator();
        ArrowBuf source = allocator.buffer(size)) {
      Memory.fill(source.memoryAddress(), size, (byte) 3);
      Process reader = reader(directory);
      Payload payload = Payload.copy(source.memoryAddress(), size);
      for (long sent = 0; sent < bytes; sent += size) {
        parent.send(new byte[1], payload, reader::isAlive);
        most = Math.max(most, diskBytes(directory));
      }
      finish(parent);
      parent.send(Peer.STOP, null, reader::isAlive);
      reader.waitFor();
    }
    Endpoint.delete(directory);
    System.out.printf(
        Locale.ROOT, "%-5s %d GiB sent, at most %d MiB on disk%n", kind, bytes >> 30, most >> 20);
  }

  /** What the files of a folder take, which a file that is deleted meanwhile does no more. */
  private static long diskBytes(Path directory) throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        try {
          sum += Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
          // read and deleted
        }
      }
    } catch (UncheckedIOException e) {
      // the same, while it walked
    }
    return sum;
  }

  private static void roundTrips(Path place) throws Exception {
    Path directory = place.resolve("connection");
    try (Endpoint parent = Endpoint.create(directory, options(Kind.SLAB, 1 << 20))) {
      Process reader = reader(directory);
      long[] nanos = new long[ROUND_TRIPS];
      for (int i = -ROUND_TRIPS; i < ROUND_TRIPS; i++) {
        long start = System.nanoTime();
        finish(parent);
        if (i >= 0) {
          nanos[i] = System.nanoTime() - start;
        }
      }
      parent.send(Peer.STOP, null, reader::isAlive);
      reader.waitFor();
      Arrays.sort(nanos);
      System.out.printf(
          Locale.ROOT,
          "round trip of a small message: p50 %.1f us, p99 %.1f us%n",
          nanos[ROUND_TRIPS / 2] / 1e3,
          nanos[ROUND_TRIPS * 99 / 100] / 1e3);
    }
    Endpoint.delete(directory);
  }

  /** Headers of one byte carry a payload to read, of two ask for an answer. */
  private static void read(Path directory) throws Exception {
    long sum = 0;
    try (Endpoint endpoint = Endpoint.open(directory)) {
      while (true) {
        try (Message message = endpoint.take(Peer.LONG)) {
          if (message == null || Peer.isStop(message)) {
            break;
          }
          sum += Peer.sum(message.payloadAddress(), message.payloadBytes());
          if (message.header().length == 2) {
            endpoint.send(new byte[1], null, () -> true);
          }
        }
      }
    }
    if (sum == 42) {
      System.out.println("unlikely, but now the sum is used");
    }
  }
}
