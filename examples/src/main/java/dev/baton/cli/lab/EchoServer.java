package dev.baton.cli.lab;

import dev.baton.engine.lock.Locks;
import dev.baton.engine.lock.WorkerLock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * A client and a server on this machine. The server's thread runs under a lock policy beside
 * threads that compute under the same; the client is outside of it, as another program would be.
 */
final class EchoServer {
  /** From an answer to the next question. */
  private static final long THINKING_NANOS = 200_000;

  private EchoServer() {}

  /** Asks for one slice, one question after the other; how long each answer took. */
  static Percentiles answers(Bench bench, Locks locks, int beside) throws Exception {
    Percentiles times = new Percentiles();
    try (ServerSocketChannel listening = ServerSocketChannel.open()) {
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (SocketChannel client = SocketChannel.open(listening.getLocalAddress());
          SocketChannel server = listening.accept()) {
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        server.setOption(StandardSocketOptions.TCP_NODELAY, true);
        CountDownLatch busy = new CountDownLatch(beside);
        CountDownLatch over = new CountDownLatch(1);
        Crew.run(
            2 + beside,
            number -> {
              if (number == 0) {
                busy.await();
                try {
                  ask(bench, client, times);
                } finally {
                  client.shutdownOutput(); // ends the server
                  over.countDown();
                }
              } else if (number == 1) {
                serve(server, locks.worker());
              } else {
                boolean[] counted = {false};
                Toil.under(
                    locks.worker(),
                    () -> {
                      if (!counted[0]) {
                        counted[0] = true;
                        busy.countDown(); // only now it holds the lock
                      }
                      return over.getCount() > 0;
                    });
              }
            });
      }
    }
    return times;
  }

  private static void ask(Bench bench, SocketChannel client, Percentiles times) throws IOException {
    ByteBuffer message = ByteBuffer.allocateDirect(1);
    long end = bench.now() + bench.slice().toNanos();
    do {
      long start = bench.now();
      client.write(message.clear());
      if (client.read(message.clear()) < 1) {
        throw new IOException("the server has gone");
      }
      times.add(bench.now() - start);
      // Back to back, answers would come in bursts while who computes has yet to be woken.
      LockSupport.parkNanos(THINKING_NANOS);
    } while (bench.now() - end < 0);
  }

  /** Holds the lock but while it reads and writes, as a Python thread does. */
  private static void serve(SocketChannel server, WorkerLock lock) throws IOException {
    ByteBuffer message = ByteBuffer.allocateDirect(1);
    lock.acquire();
    try {
      while (read(server, message, lock) > 0) {
        message.put(0, (byte) Toil.steps(message.get(0), 100));
        lock.release();
        try {
          server.write(message.flip());
        } finally {
          lock.acquire();
        }
      }
    } finally {
      lock.release();
    }
  }

  private static int read(SocketChannel server, ByteBuffer message, WorkerLock lock)
      throws IOException {
    lock.release();
    try {
      return server.read(message.clear());
    } finally {
      lock.acquire();
    }
  }
}
