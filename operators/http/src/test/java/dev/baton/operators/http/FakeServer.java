package dev.baton.operators.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A web server on this machine: {@code /echo/TEXT} answers with TEXT in upper case, {@code
 * /busy/N/KEY} with 503 the first N times, {@code /gone} with 404, {@code /silent} never; {@code
 * /moved/TEXT} sends to {@code /echo/TEXT}, {@code /latin/TEXT} answers in ISO-8859-1.
 */
final class FakeServer implements AutoCloseable {
  static {
    System.setProperty("sun.net.httpserver.nodelay", "true"); // else an answer takes 40 ms
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

  FakeServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          int times = asked.computeIfAbsent(path, key -> new AtomicInteger()).incrementAndGet();
          String[] parts = path.split("/");
          int status = 200;
          if (parts[1].equals("silent")) {
            return;
          } else if (parts[1].equals("gone")) {
            status = 404;
          } else if (parts[1].equals("busy") && times <= Integer.parseInt(parts[2])) {
            status = 503;
          }
          Charset charset = StandardCharsets.UTF_8;
          if (parts[1].equals("latin")) {
            charset = StandardCharsets.ISO_8859_1;
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=" + charset);
          } else if (parts[1].equals("moved")) {
            status = 302;
            exchange.getResponseHeaders().set("Location", "/echo/" + parts[2]);
          }
          byte[] body = parts[parts.length - 1].toUpperCase(Locale.ROOT).getBytes(charset);
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  String url(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  /** How often that path was asked for. */
  int asked(String path) {
    AtomicInteger times = asked.get(path);
    return times == null ? 0 : times.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
