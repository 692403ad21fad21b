package dev.baton.operators.fetch;

import dev.baton.engine.request.Exchange;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Files, read whole. Helper threads read them, also for a thread that waits: one that reads from a
 * disk or a server itself cannot be called back when that does not answer.
 */
final class FileExchange implements Exchange<Path, byte[]> {
  /** The most files read at once, but for those that nobody waits for any longer. */
  static final int THREADS = 16;

  /** Reads a file; may wait for ever. */
  interface Reader {
    byte[] read(Path file) throws IOException;
  }

  private final Reader reader;
  private final Helpers helpers = new Helpers("baton-read-file", THREADS, true);

  FileExchange(long maxBytes) {
    this(file -> read(file, maxBytes));
  }

  FileExchange(Reader reader) {
    this.reader = reader;
  }

  private static byte[] read(Path file, long maxBytes) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      // A pipe or a device may keep a thread for ever.
      if (!attributes.isRegularFile()) {
        throw new IllegalStateException("it is not a regular file");
      }
      if (attributes.size() > maxBytes) {
        throw new IllegalStateException(
            "it has " + attributes.size() + " bytes, more than the " + maxBytes + " of max-bytes");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IllegalStateException("there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new IllegalStateException("it may not be read", e);
    }
  }

  @Override
  public byte[] ask(Path file, Duration timeout) throws IOException, InterruptedException {
    try {
      return askLater(file, timeout).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TimeoutException late) {
        throw new IOException("no answer in time", late);
      }
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    }
  }

  @Override
  public CompletableFuture<byte[]> askLater(Path file, Duration timeout) {
    return helpers.call(() -> reader.read(file), timeout);
  }

  /** What hangs is left behind: it holds nothing that is to be closed. */
  @Override
  public void close() {
    helpers.leave();
  }
}
