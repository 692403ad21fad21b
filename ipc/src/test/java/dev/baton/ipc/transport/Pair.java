package dev.baton.ipc.transport;

import java.io.IOException;
import java.nio.file.Path;

/** Both ends of a connection in one JVM, for what does not need two. */
record Pair(Endpoint parent, Endpoint worker) implements AutoCloseable {
  static Pair in(Path directory, TransportOptions options) throws IOException {
    return in(directory, options, Disk.REAL);
  }

  static Pair in(Path directory, TransportOptions options, Disk disk) throws IOException {
    Endpoint parent = ConnectionDirectory.create(directory, options, disk);
    return new Pair(parent, Endpoint.open(directory));
  }

  void toWorker(int number, long bytes) throws IOException, InterruptedException {
    parent.send(new byte[] {(byte) number}, Filled.of(number, bytes), () -> false);
  }

  Message atWorker() throws IOException, InterruptedException {
    Message message = worker.take(Peer.LONG);
    if (message == null) {
      throw new IOException("no message came");
    }
    return message;
  }

  @Override
  public void close() {
    parent.close();
    worker.close();
  }
}
