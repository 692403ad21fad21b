package dev.baton.ipc.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Reads what a worker prints until nothing more can come, so that a full pipe never stops it. Lines
 * longer than {@link OutputTail#LINE_LENGTH} are cut; what follows of them is dropped.
 */
final class OutputReader {
  private final Reader reader;
  private final OutputTail tail;
  private Consumer<String> lines;
  private final StringBuilder line = new StringBuilder();

  OutputReader(InputStream in, OutputTail tail, Consumer<String> lines) {
    this.reader = new InputStreamReader(in, Charset.defaultCharset());
    this.tail = tail;
    this.lines = lines;
  }

  /** Reads in a daemon thread of that name; completes at the end of the output. */
  CompletableFuture<Void> start(String name) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              readAll();
              done.complete(null);
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  private void readAll() {
    char[] buffer = new char[4096];
    try (reader) {
      for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
        for (int i = 0; i < n; i++) {
          take(buffer[i]);
        }
      }
    } catch (IOException e) {
      // The pipe broke with the process: what came until then is what there is.
    }
    if (line.length() > 0) {
      endLine();
    }
  }

  private void take(char c) {
    if (c == '\n') {
      endLine();
    } else if (c != '\r' && line.length() <= OutputTail.LINE_LENGTH) {
      line.append(c);
    }
  }

  private void endLine() {
    if (line.length() > OutputTail.LINE_LENGTH) {
      line.setLength(OutputTail.LINE_LENGTH);
      line.append('…');
    }
    String text = line.toString();
    line.setLength(0);
    tail.add(text);
    try {
      lines.accept(text);
    } catch (RuntimeException e) {
      lines = ignored -> {}; // a listener that fails must not block the worker
    }
  }
}
