package dev.baton.fuzz;

import com.github.luben.zstd.Zstd;
import dev.baton.operators.io.text.TextSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Files of lines that may be compressed. What is taken for gzip has the text that the JDK finds in
 * it; that one takes more.
 */
final class PackedTarget implements Target {
  private final Path file = Reading.file(".txt");
  private final Path unpacked = Reading.file(".txt");

  @Override
  public List<byte[]> seeds() throws IOException {
    return List.of(
        join(gzip("one\ntwo\n"), gzip("three"), gzip("")),
        join(gzip("one\n"), new byte[20]),
        join(zstd("one\ntwo\n"), zstd("three"), zstd("")));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  private static byte[] zstd(String text) {
    return Zstd.compress(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] join(byte[]... members) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] member : members) {
      all.writeBytes(member);
    }
    return all.toByteArray();
  }

  @Override
  public int briefly() {
    return 5000;
  }

  @Override
  public void accept(byte[] input) throws Exception {
    Files.write(file, input);
    Reading whole = lines(file, 1 << 20);
    whole.mustEqual(lines(file, 1), "one split and many");
    if (whole.rows() != null && input.length > 1 && input[0] == 0x1F && input[1] == (byte) 0x8B) {
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(input))) {
        Files.write(unpacked, in.readAllBytes());
      }
      whole.mustEqual(lines(unpacked, 1 << 20), "what the JDK unpacks and what is read");
    }
  }

  private static Reading lines(Path file, int splitBytes) throws Exception {
    return Reading.of(new TextSource(file, "text", TextSource.Unit.LINES, splitBytes), file);
  }
}
