package dev.baton.fuzz;

import dev.baton.engine.testkit.Rows;
import dev.baton.operators.io.Tables;
import dev.baton.operators.io.arrow.ArrowSink;
import dev.baton.operators.io.arrow.ArrowSource;
import dev.baton.operators.io.arrow.Compression;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Arrow files and streams, copied and mapped, which must agree. */
final class ArrowTarget implements Target {
  private final Path file = Reading.file(".arrow");

  @Override
  public List<byte[]> seeds() throws Exception {
    List<byte[]> seeds = new ArrayList<>();
    for (ArrowSink.Format format : ArrowSink.Format.values()) {
      for (Compression compression : Compression.values()) {
        for (Rows rows : List.of(Samples.rows(8), Samples.narrow(3))) {
          Tables.write(new ArrowSink(file, format, compression), rows, rows.slice(1, 3));
          seeds.add(Files.readAllBytes(file));
        }
      }
    }
    return seeds;
  }

  @Override
  public int briefly() {
    return 2000;
  }

  @Override
  public void accept(byte[] input) throws Exception {
    // Anew, since a mapping of what was there before may still be open.
    Files.delete(file);
    Files.write(file, input);
    ArrowSource source = new ArrowSource(file, 4096);
    Reading.of(source, file).mustEqual(Reading.of(source.mapped(), file), "copied and mapped");
  }
}
