package dev.baton.operators.json.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.Encoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.Split;
import dev.baton.engine.testkit.FakeContext;
import dev.baton.operators.io.csv.CsvSink;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.json.JsonlSink;
import dev.baton.operators.json.JsonlSource;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Megabytes of JSON Lines that one thread decodes into columns and encodes in a second, the median
 * of the later rounds; beside the same rows as CSV, and beside Jackson's parser of bytes, which
 * only walks over the tokens and looks at each number and text, and makes no columns. The rows are
 * those of click logs, and of sensors. From the root of the repository:
 *
 * <pre>{@code
 * mvn -q -B -Pquick -pl operators/json -am test-compile \
 *     dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java @engine/src/main/resources/dev/baton/engine/jvm.args -cp \
 *     operators/json/target/test-classes:operators/json/target/classes:$(cat operators/json/target/classpath) \
 *     dev.baton.operators.json.bench.JsonlBenchmark
 * }</pre>
 */
public final class JsonlBenchmark {
  private static final int ROUNDS = 7;
  private static final int ROWS = 60_000;

  private JsonlBenchmark() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("baton-jsonl");
    Path json = folder.resolve("t.jsonl");
    Path csv = folder.resolve("t.csv");
    try {
      for (boolean clicks : new boolean[] {true, false}) {
        write(json, csv, clicks);
        double[][] rates = new double[5][ROUNDS];
        for (int i = -3; i < ROUNDS; i++) {
          double[] round = {
            decode(new JsonlSource(json), json),
            jackson(json),
            decode(new CsvSource(csv), csv),
            encode(new JsonlSource(json), json, true),
            encode(new JsonlSource(json), csv, false)
          };
          for (int k = 0; i >= 0 && k < rates.length; k++) {
            rates[k][i] = round[k];
          }
        }
        for (double[] rate : rates) {
          Arrays.sort(rate);
        }
        System.out.printf(
            "%s: decode JSONL %.0f MB/s, Jackson's tokens %.0f, decode CSV %.0f (JSONL is %.1f, CSV"
                + " %.1f MB); encode JSONL %.0f, CSV %.0f%n",
            clicks ? "clicks " : "sensors",
            rates[0][ROUNDS / 2],
            rates[1][ROUNDS / 2],
            rates[2][ROUNDS / 2],
            Files.size(json) / 1e6,
            Files.size(csv) / 1e6,
            rates[3][ROUNDS / 2],
            rates[4][ROUNDS / 2]);
      }
    } finally {
      Files.delete(json);
      Files.delete(csv);
      Files.delete(folder);
    }
  }

  private static double rate(long bytes, long start) {
    return bytes / 1e6 / ((System.nanoTime() - start) / 1e9);
  }

  private static double decode(Source from, Path file) throws Exception {
    try (RootAllocator allocator = new RootAllocator();
        OpenSource source = from.open()) {
      List<String> columns = source.schema().getFields().stream().map(Field::getName).toList();
      long start = System.nanoTime();
      long rows = 0;
      try (Decoder decoder = source.decoder(columns, new FakeContext(allocator))) {
        for (Iterator<? extends Split> splits = source.splits(); splits.hasNext(); ) {
          decoder.start(splits.next());
          for (Batch batch; (batch = decoder.next()) != null; batch.close()) {
            rows += batch.rows();
          }
        }
      }
      if (rows != ROWS) {
        throw new IllegalStateException(rows + " rows");
      }
      return rate(Files.size(file), start);
    }
  }

  private static double jackson(Path file) throws IOException {
    long start = System.nanoTime();
    byte[] bytes = Files.readAllBytes(file);
    double sum = 0;
    try (JsonParser parser = new JsonFactory().createParser(bytes)) {
      for (JsonToken token; (token = parser.nextToken()) != null; ) {
        switch (token) {
          case VALUE_NUMBER_INT -> sum += parser.getLongValue();
          case VALUE_NUMBER_FLOAT -> sum += parser.getDoubleValue();
          case VALUE_STRING -> sum += parser.getTextCharacters()[parser.getTextOffset()];
          default -> sum += 0;
        }
      }
    }
    if (sum == 0) {
      throw new IllegalStateException();
    }
    return rate(bytes.length, start);
  }

  /** Encodes the first batch again and again. */
  private static double encode(Source from, Path file, boolean json) throws Exception {
    try (RootAllocator allocator = new RootAllocator();
        OpenSource source = from.open()) {
      FakeContext context = new FakeContext(allocator);
      List<String> columns = source.schema().getFields().stream().map(Field::getName).toList();
      try (Decoder decoder = source.decoder(columns, context);
          Encoder encoder =
              (json ? new JsonlSink(file) : new CsvSink(file)).encoder(source.schema(), context)) {
        decoder.start(source.splits().next());
        try (Batch batch = decoder.next()) {
          long start = System.nanoTime();
          long bytes = 0;
          for (int i = 0; i < 20; i++) {
            try (var encoded = encoder.encode(batch)) {
              bytes += encoded.bytes();
            }
          }
          return rate(bytes, start);
        }
      }
    }
  }

  private static void write(Path json, Path csv, boolean clicks) throws IOException {
    Random random = new Random(1);
    int columns = clicks ? 40 : 20;
    try (BufferedWriter lines = Files.newBufferedWriter(json);
        BufferedWriter table = Files.newBufferedWriter(csv)) {
      for (int row = -1; row < ROWS; row++) {
        StringBuilder line = new StringBuilder("{");
        StringBuilder record = new StringBuilder();
        for (int i = 0; i < columns; i++) {
          boolean text = clicks && i >= 14;
          String name = (clicks ? text ? "category_" : "count_" : "sensor.value_") + i;
          boolean missing = clicks && i > 0 && random.nextInt(5) == 0;
          String value = missing ? "" : value(random, clicks, text);
          line.append(i == 0 ? "" : ",").append('"').append(name).append("\":");
          line.append(missing ? "null" : text ? '"' + value + '"' : value);
          record.append(i == 0 ? "" : ",").append(row < 0 ? name : value);
        }
        table.append(record.append('\n'));
        if (row >= 0) {
          lines.append(line.append("}\n"));
        }
      }
    }
  }

  private static String value(Random random, boolean clicks, boolean text) {
    if (text) {
      return String.format("%08x", random.nextInt(100_000) * 40_503);
    }
    return clicks
        ? Integer.toString((int) Math.exp(random.nextGaussian() * 2 + 2))
        : String.format(Locale.ROOT, "%.6f", random.nextGaussian());
  }
}
