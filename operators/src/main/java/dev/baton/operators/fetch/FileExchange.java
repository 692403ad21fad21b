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

/** Files, read whole. */
final class FileExchange implements Exchange<Path, byte[]> {
  /** The most files read at once on an event loop. */
  static final int THREADS = 16;

  private final long maxBytes;
  private final Helpers helpers = new Helpers("baton-read-file", THREADS);

  FileExchange(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public byte[] ask(Path file, Duration timeout) throws IOException {
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
  public CompletableFuture<byte[]> askLater(Path file, Duration timeout) {
    return helpers.call(() -> ask(file, timeout));
  }

  @Override
  public void close() {
    helpers.close();
  }
}
