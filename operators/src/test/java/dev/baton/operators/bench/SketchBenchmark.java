package dev.baton.operators.bench;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import com.tdunning.math.stats.MergingDigest;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.baton.operators.internal.Values;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import org.apache.datasketches.kll.KllDoublesSketch;

/**
 * How far off quantiles are that {@link Values} and three libraries take from 8 KiB for a column of
 * up to a million values: t-digest, DDSketch and KLL of DataSketches. Each column comes in 16
 * splits, whose sketches are merged in order, twice. Printed are the largest and the mean distance
 * of the 999 per mille from the rank they should have, in percent of the values, the bytes of the
 * sketch when it is written, and whether the second time gave the same bits.
 *
 * <p>The argument is the folder {@code examples/data}: {@code mvn -q -Pbench -pl operators -am
 * test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test -Dexec.args="-cp
 * %classpath dev.baton.operators.bench.SketchBenchmark $PWD/examples/data"}.
 */
public final class SketchBenchmark {
  private static final int SPLITS = 16;
  private static final int BYTES = 8192;
  private static final int ROWS = 1_000_000;

  private SketchBenchmark() {}

  /** What all of them can do. */
  private interface Sketch<S> {
    void add(double value);

    void merge(S later);

    double quantile(double share);

    long bytes();
  }

  public static void main(String[] args) throws IOException {
    Map<String, Supplier<? extends Sketch<?>>> kinds = new LinkedHashMap<>();
    kinds.put("Values", OfValues::new);
    kinds.put("t-digest", OfDigest::new);
    kinds.put("DDSketch", OfLogarithms::new);
    kinds.put("KLL", OfKll::new);
    for (Map.Entry<String, double[]> column : columns(Path.of(args[0])).entrySet()) {
      System.out.printf("%s, %,d values%n", column.getKey(), column.getValue().length);
      double[] sorted = column.getValue().clone();
      Arrays.sort(sorted);
      for (Map.Entry<String, Supplier<? extends Sketch<?>>> kind : kinds.entrySet()) {
        System.out.printf(
            "  %-9s %s%n", kind.getKey(), judge(kind.getValue(), column.getValue(), sorted));
      }
    }
  }

  private static Map<String, double[]> columns(Path data) throws IOException {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("delays of flights", read(data.resolve("flights-50k.csv"), "delay"));
    columns.put("distances of flights", read(data.resolve("flights-50k.csv"), "distance"));
    columns.put("costs of birdstrikes", read(data.resolve("birdstrikes.csv"), "Cost Total $"));
    columns.put("uniform", random(x -> x));
    columns.put("exponential", random(x -> -Math.log1p(-x)));
    columns.put("to the power of ten", random(x -> Math.pow(10, 24 * x - 12)));
    columns.put("a billion and less than a thousandth", random(x -> 1e9 + 1e-3 * x));
    columns.put("nine of ten are 0", random(x -> x < 0.9 ? 0 : Math.rint(1000 * x)));
    columns.put("two far apart", random(x -> x < 0.5 ? x : 1e12 + x));
    columns.put("one of 100 infinite", random(x -> x < 0.01 ? (x < 0.005 ? -1 : 1) / 0.0 : x));
    return columns;
  }

  private static double[] read(Path file, String column) throws IOException {
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
      return rows.stream()
          .map(row -> row.getField(column))
          .filter(text -> !text.isEmpty())
          .mapToDouble(Double::parseDouble)
          .toArray();
    }
  }

  private static double[] random(DoubleUnaryOperator of) {
    return new SplittableRandom(1).doubles(ROWS).map(of).toArray();
  }

  private static <S extends Sketch<?>> String judge(
      Supplier<S> kind, double[] values, double[] sorted) {
    try {
      double[] first = new double[999];
      double[] second = new double[999];
      long bytes = quantiles(kind, values, first);
      quantiles(kind, values, second);
      double worst = 0;
      double sum = 0;
      for (int i = 0; i < first.length; i++) {
        double off = off(first[i], (i + 1) / 1000.0, sorted);
        worst = Math.max(worst, off);
        sum += off;
      }
      return String.format(
          Locale.ROOT,
          "%8.3f %8.3f %6d bytes, %s",
          worst,
          sum / first.length,
          bytes,
          Arrays.equals(first, second) ? "the same again" : "not the same again");
    } catch (IllegalArgumentException e) {
      return "refuses: " + e.getMessage();
    }
  }

  @SuppressWarnings("unchecked")
  private static <S> long quantiles(
      Supplier<? extends Sketch<?>> kind, double[] values, double[] found) {
    Sketch<S> all = null;
    for (int split = 0; split < SPLITS; split++) {
      Sketch<S> part = (Sketch<S>) kind.get();
      int end = (int) ((long) values.length * (split + 1) / SPLITS);
      for (int i = (int) ((long) values.length * split / SPLITS); i < end; i++) {
        part.add(values[i]);
      }
      if (all == null) {
        all = part;
      } else {
        all.merge((S) part);
      }
    }
    for (int i = 0; i < found.length; i++) {
      found[i] = all.quantile((i + 1) / 1000.0);
    }
    return all.bytes();
  }

  /** The percentage of values between the one found and the one that was wanted. */
  private static double off(double found, double share, double[] sorted) {
    if (Double.isNaN(found)) {
      return 100;
    }
    int below = count(sorted, found, false);
    int upTo = count(sorted, found, true);
    double wanted = share * sorted.length;
    return 100 * Math.max(0, Math.max(below - wanted, wanted - upTo) - 1) / sorted.length;
  }

  private static int count(double[] sorted, double value, boolean equalToo) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value || equalToo && sorted[middle] == value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static final class OfValues implements Sketch<OfValues> {
    private final Values values = new Values(BYTES / 8);
    private final double[] block = new double[BYTES / 8];
    private int waiting;

    @Override
    public void add(double value) {
      block[waiting++] = value;
      if (waiting == block.length) {
        flush();
      }
    }

    private void flush() {
      values.add(block, waiting);
      waiting = 0;
    }

    @Override
    public void merge(OfValues later) {
      flush();
      later.flush();
      values.merge(later.values);
    }

    @Override
    public double quantile(double share) {
      flush();
      return values.at(Math.round(share * (values.count() - 1)));
    }

    @Override
    public long bytes() {
      return 8L * values.sorted().size();
    }
  }

  /** With as many centroids, of 16 bytes, as fit. */
  private static final class OfDigest implements Sketch<OfDigest> {
    private final MergingDigest digest = new MergingDigest(850);

    @Override
    public void add(double value) {
      digest.add(value);
    }

    @Override
    public void merge(OfDigest later) {
      digest.add(List.of(later.digest));
    }

    @Override
    public double quantile(double share) {
      return digest.quantile(share);
    }

    @Override
    public long bytes() {
      return digest.byteSize();
    }
  }

  /** Values to half a percent. */
  private static final class OfLogarithms implements Sketch<OfLogarithms> {
    private final DDSketch sketch =
        DDSketches.logarithmicCollapsingLowestDense(0.005, BYTES / Double.BYTES);

    @Override
    public void add(double value) {
      sketch.accept(value);
    }

    @Override
    public void merge(OfLogarithms later) {
      sketch.mergeWith(later.sketch);
    }

    @Override
    public double quantile(double share) {
      return sketch.getValueAtQuantile(share);
    }

    @Override
    public long bytes() {
      return sketch.serializedSize();
    }
  }

  private static final class OfKll implements Sketch<OfKll> {
    private final KllDoublesSketch sketch = KllDoublesSketch.newHeapInstance(400);

    @Override
    public void add(double value) {
      sketch.update(value);
    }

    @Override
    public void merge(OfKll later) {
      sketch.merge(later.sketch);
    }

    @Override
    public double quantile(double share) {
      return sketch.getQuantile(share);
    }

    @Override
    public long bytes() {
      return sketch.getSerializedSizeBytes();
    }
  }
}
