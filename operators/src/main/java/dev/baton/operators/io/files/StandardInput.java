package dev.baton.operators.io.files;

import dev.baton.engine.source.SourceException;
import dev.baton.operators.io.StreamedInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What came through standard input, kept in a file since runs read their input several times, and
 * from many threads and processes at once. It is read once, when it is first asked for, and removed
 * when the process ends. For a run that reads it once it need not be kept ({@link #stream}).
 */
final class StandardInput {
  /** The most bytes that are kept; a system property so called names another number. */
  private static final String MOST_BYTES = "baton.stdin.most-bytes";

  private static final long DEFAULT_MOST_BYTES = 256L << 30;
  private static final String FOLDER = "baton-stdin-";
  private static final String NAME = "standard-input";
  private static final Pattern FILE = Pattern.compile("\\S*/" + FOLDER + "[0-9]+/" + NAME);

  private static Path file;
  private static StreamedInput stream;

  private StandardInput() {}

  /** The file with all of it. */
  static synchronized Path file() throws IOException {
    if (stream != null) {
      throw new SourceException("standard input was read before, and what comes once is not kept");
    }
    if (file == null) {
      Path folder = Files.createTempDirectory(FOLDER);
      folder.toFile().deleteOnExit();
      Path kept = folder.resolve(NAME);
      try {
        keep(System.in, kept, Long.getLong(MOST_BYTES, DEFAULT_MOST_BYTES));
      } catch (Throwable e) {
        Files.deleteIfExists(kept);
        Files.deleteIfExists(folder);
        throw e;
      }
      file = kept;
    }
    return file;
  }

  /** All of it as it comes, the same every time; null when it is kept in the file. */
  static synchronized StreamedInput stream() {
    if (file == null && stream == null) {
      stream = new StreamedInput("standard input", System.in);
    }
    return stream;
  }

  /** Writes a stream to a file. */
  static void keep(InputStream in, Path to, long most) throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      to.toFile().deleteOnExit();
      byte[] piece = new byte[256 << 10];
      long bytes = 0;
      for (int read; (read = in.read(piece)) >= 0; bytes += read) {
        if (read > most - bytes) {
          throw new SourceException(
              String.format(
                  "standard input has more than %d bytes; write it to a file first, or raise -D%s",
                  most, MOST_BYTES));
        }
        out.write(piece, 0, read);
      }
    } catch (SourceException e) {
      throw e;
    } catch (IOException e) {
      throw new SourceException(
          "cannot keep standard input in " + to.getParent() + ": " + e.getMessage(), e);
    }
  }

  /** A message with the name of the file, if it is in it, replaced by what it is. */
  static String named(String message) {
    return message == null ? null : FILE.matcher(message).replaceAll("standard input");
  }

  /** The same for an error. */
  static IOException named(IOException e) {
    return e instanceof SourceException error ? named(error) : e;
  }

  /** The same for an error. */
  static SourceException named(SourceException e) {
    String message = named(e.getMessage());
    return message.equals(e.getMessage()) ? e : new SourceException(message, e);
  }
}
