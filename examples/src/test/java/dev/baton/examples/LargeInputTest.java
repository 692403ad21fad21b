package dev.baton.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.spec.PipelineFile;
import dev.baton.engine.testkit.Jvm;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.parquet.ParquetSource;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An input of 20 GB in a process that takes 512 MB, heap and all. */
@Tag("stress")
class LargeInputTest {
  private static final long INPUT_BYTES = 20_000_000_000L;
  private static final long MOST_BYTES = 512_000_000;
  private static final int PIECE_ROWS = 1_000_000;

  @TempDir Path folder;

  private void piece(Path file) throws IOException {
    Random random = new Random(7);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("id,name,x,y\n");
      for (int i = 0; i < PIECE_ROWS; i++) {
        out.write(i + ",name " + random.nextInt(9999) + ",");
        out.write(random.nextInt(1 << 30) / 1024.0 + "," + random.nextInt(1000) + "\n");
      }
    }
  }

  @Test
  @Timeout(1800)
  void streamsThroughABudgetWithTheDigestOfItsPieces() throws Exception {
    check(
        List.of(
            "log1p: {columns: [x]}",
            "hash-bucket: {columns: [name], buckets: 1000}",
            "filter: {where: y < 900}"));
  }

  /** Least, greatest and distinct values are those of one piece, and so is what is made of each. */
  @Test
  @Timeout(3600)
  void isFittedAndWrittenWithinTheSameBudget() throws Exception {
    Path out = folder.resolve("out.parquet");
    String digest =
        check(
            List.of(
                "min-max-scaler: {columns: [x]}",
                "ordinal-encoder: {columns: [name]}",
                "filter: {where: y < 100}"),
            "--out",
            out.toString());
    try (Engine engine = Engine.open()) {
      Pipeline written = Pipeline.read(new ParquetSource(out));
      assertEquals(digest, engine.run(written, Variants.baseline()).digest().toString());
    }
  }

  /** Returns the digest of the output, which is that of its pieces. */
  private String check(List<String> steps, String... options) throws Exception {
    Path pieces = Files.createDirectory(folder.resolve("in"));
    Path first = pieces.resolve("00000.csv");
    piece(first);
    // A folder of links to one file: every byte is read and parsed, and the disk holds it once.
    int count = (int) (INPUT_BYTES / Files.size(first)) + 1;
    for (int i = 1; i < count; i++) {
      Files.createLink(pieces.resolve(String.format("%05d.csv", i)), first);
    }
    Digest piece;
    Digest expected;
    try (Engine engine = Engine.open()) {
      Pipeline pipeline = PipelineFile.read(pipeline("one.yaml", first, steps)).pipeline();
      var report = engine.run(pipeline, Variants.baseline());
      piece = report.digest();
      expected = Digest.empty(report.schema());
    }
    for (int i = 0; i < count; i++) {
      expected = expected.then(piece);
    }
    JsonNode report = run(pipeline("all.yaml", pieces, steps), options);
    assertEquals((long) count * PIECE_ROWS, report.get("rows").asLong());
    assertEquals(expected.toString(), report.get("outputDigest").asText());
    assertTrue(report.get("peakMemoryBytes").asLong() <= MOST_BYTES, report.toString());
    return expected.toString();
  }

  private Path pipeline(String name, Path in, List<String> steps) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("source:");
    lines.add("  csv: {path: " + in + ", types: {id: int64, name: utf8, x: float64, y: int64}}");
    lines.add("steps:");
    steps.forEach(step -> lines.add("  - " + step));
    return Files.write(folder.resolve(name), lines);
  }

  private JsonNode run(Path file, String... options) throws Exception {
    Path json = folder.resolve("run.json");
    List<String> arguments = new ArrayList<>(List.of("run", file.toString(), "--mode", "threads"));
    arguments.addAll(List.of("--memory", "192MiB", "--json", json.toString()));
    arguments.addAll(List.of(options));
    List<String> command = Jvm.command(List.of("-Xmx128m"), "dev.baton.cli.Main", arguments);
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertEquals(0, process.waitFor(), () -> said(said));
    return new ObjectMapper().readTree(json.toFile());
  }

  private static String said(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
