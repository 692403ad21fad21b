package dev.baton.examples.enrich;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;

/**
 * A web service on this machine that answers every question after a fixed time, whatever else it is
 * asked meanwhile: it waits, as a service that asks a database does, rather than works. One thread
 * serves thousands of connections.
 *
 * <p>{@code GET /elevation/NAME} answers the elevation of an airport in feet: one made up from its
 * name, the same every time.
 */
public final class EnrichService implements AutoCloseable {
  /** The port that enrich.yaml asks. */
  public static final int PORT = 8642;

  /** An answer that is due at some time. */
  private record Due(long nanoTime, Connection connection, ByteBuffer answer) {}

  private final ServerSocketChannel server;
  private final Selector selector;
  private final long delayNanos;
  private final Queue<Due> due = new ArrayDeque<>();
  private final Thread thread;

  /**
   * Starts to serve.
   *
   * @param port 0 for any that is free
   * @param delay from a question to its answer
   */
  public EnrichService(int port, Duration delay) throws IOException {
    delayNanos = delay.toNanos();
    server = ServerSocketChannel.open();
    selector = Selector.open();
    server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
    thread = new Thread(this::serve, "enrich-service");
    thread.setDaemon(true);
    thread.start();
  }

  /** Serves until it is interrupted. */
  public static void main(String[] arguments) throws Exception {
    long millis = arguments.length > 0 ? Long.parseLong(arguments[0]) : 5;
    try (EnrichService service = new EnrichService(PORT, Duration.ofMillis(millis))) {
      System.out.printf(
          "http://localhost:%d answers after %d ms; end with Ctrl-C%n", service.port(), millis);
      service.thread.join();
    }
  }

  /** The port it listens on. */
  public int port() throws IOException {
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  private void serve() {
    try {
      while (selector.isOpen()) {
        answerWhatIsDue();
        select();
        for (SelectionKey key : selector.selectedKeys()) {
          if (!key.isValid()) {
            continue;
          }
          if (key.isAcceptable()) {
            accept();
          } else {
            read(key);
          }
        }
        selector.selectedKeys().clear();
      }
    } catch (ClosedSelectorException e) {
      // The end.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answerWhatIsDue() throws IOException {
    long now = System.nanoTime();
    while (!due.isEmpty() && due.peek().nanoTime() - now <= 0) {
      Due next = due.poll();
      next.connection().write(next.answer());
    }
  }

  private void select() throws IOException {
    if (due.isEmpty()) {
      selector.select();
      return;
    }
    long wait = due.peek().nanoTime() - System.nanoTime();
    if (wait > 1_000_000) {
      selector.select(wait / 1_000_000);
    } else {
      // A selector cannot wait for less than a millisecond.
      LockSupport.parkNanos(Math.min(Math.max(wait, 0), 100_000));
      selector.selectNow();
    }
  }

  private void accept() throws IOException {
    SocketChannel channel = server.accept();
    if (channel != null) {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.register(selector, SelectionKey.OP_READ, new Connection(channel));
    }
  }

  private void read(SelectionKey key) throws IOException {
    Connection connection = (Connection) key.attachment();
    try {
      for (String path = connection.read(); path != null; path = connection.next()) {
        due.add(new Due(System.nanoTime() + delayNanos, connection, answer(path)));
      }
    } catch (IOException e) {
      connection.channel.close(); // its client is gone
    }
  }

  private static ByteBuffer answer(String path) {
    String prefix = "/elevation/";
    if (!path.startsWith(prefix)) {
      return response("404 Not Found", "ask for " + prefix + "NAME");
    }
    String name = URLDecoder.decode(path.substring(prefix.length()), StandardCharsets.UTF_8);
    return response("200 OK", Integer.toString(Math.floorMod(name.hashCode(), 9000) - 200));
  }

  private static ByteBuffer response(String status, String body) {
    String text =
        "HTTP/1.1 "
            + status
            + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  /** One client, whose requests have no body. */
  private static final class Connection {
    private final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(8192);

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    /** Reads what has come; gives the path of the first whole request, or null. */
    String read() throws IOException {
      if (channel.read(buffer) < 0 || !buffer.hasRemaining()) {
        channel.close();
        return null;
      }
      return next();
    }

    /** The path of the next whole request that was read, or null. */
    String next() {
      String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        return null;
      }
      buffer.flip().position(end + 4);
      buffer.compact();
      String[] line = text.substring(0, text.indexOf('\r')).split(" ", 3);
      return line.length < 3 ? "" : line[1];
    }

    void write(ByteBuffer answer) throws IOException {
      try {
        // Small enough for any socket's buffer.
        channel.write(answer);
      } catch (IOException e) {
        channel.close();
      }
    }
  }
}
