package dev.baton.ipc.transport;

import dev.baton.engine.JvmFlags;
import dev.baton.engine.batch.Memory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The second JVM of a test: the worker's end of a connection, doing what its argument says. */
final class Peer {
  static final long LONG = TimeUnit.SECONDS.toNanos(60);
  static final byte[] STOP = "stop".getBytes(StandardCharsets.UTF_8);

  private Peer() {}

  /** Starts a JVM with this class path and the right flags; its output is the caller's to read. */
  static Process start(String what, Path directory, String... jvmFlags) throws IOException {
    return start(Peer.class, List.of(what, directory.toString()), jvmFlags);
  }

  static Process start(Class<?> main, List<String> arguments, String... jvmFlags)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(JvmFlags.forVersion(Runtime.version().feature()));
    command.add("-Xmx256m");
    command.addAll(List.of(jvmFlags));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  public static void main(String[] arguments) throws Exception {
    try (Endpoint endpoint = Endpoint.open(Path.of(arguments[1]))) {
      switch (arguments[0]) {
        case "echo" -> echo(endpoint);
        case "sink" -> sink(endpoint);
        case "half" -> stopInsideADocument(endpoint);
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
  }

  /** Sends back each message as it came. */
  private static void echo(Endpoint endpoint) throws Exception {
    while (true) {
      try (Message message = endpoint.take(LONG)) {
        if (message == null || isStop(message)) {
          return;
        }
        endpoint.send(message.header(), copyOf(message), () -> true);
      }
    }
  }

  /** Reads all, then sends how many bytes came and their sum. */
  private static void sink(Endpoint endpoint) throws Exception {
    long bytes = 0;
    long sum = 0;
    while (true) {
      try (Message message = endpoint.take(LONG)) {
        if (message == null || isStop(message)) {
          endpoint.send((bytes + " " + sum).getBytes(StandardCharsets.UTF_8), null, () -> true);
          return;
        }
        bytes += message.payloadBytes();
        sum += sum(message.payloadAddress(), message.payloadBytes());
      }
    }
  }

  /** Sends three messages, then waits to be killed with the fourth half written. */
  private static void stopInsideADocument(Endpoint endpoint) throws Exception {
    for (int i = 0; i < 3; i++) {
      endpoint.send(new byte[] {(byte) i}, Filled.of(i, 1000), () -> true);
    }
    endpoint.send(
        new byte[] {3},
        new Payload() {
          @Override
          public long bytes() {
            return 1000;
          }

          @Override
          public void writeTo(long address) {
            Memory.fill(address, 500, (byte) 1);
            System.out.println("half");
            try {
              Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        },
        () -> true);
  }

  static boolean isStop(Message message) {
    return java.util.Arrays.equals(message.header(), STOP);
  }

  static Payload copyOf(Message message) {
    return new Payload() {
      @Override
      public long bytes() {
        return message.payloadBytes();
      }

      @Override
      public void writeTo(long address) {
        Memory.copy(message.payloadAddress(), address, message.payloadBytes());
      }
    };
  }

  /** The sum of the bytes taken as 64-bit words, each byte touched. */
  static long sum(long address, long bytes) {
    long sum = 0;
    long words = bytes & -8;
    for (long i = 0; i < words; i += 8) {
      sum += Memory.getLong(address + i);
    }
    for (long i = words; i < bytes; i++) {
      sum += Memory.getByte(address + i);
    }
    return sum;
  }
}
