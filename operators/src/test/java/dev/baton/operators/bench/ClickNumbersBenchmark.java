package dev.baton.operators.bench;

import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Kernel;
import dev.baton.operators.encode.HashBucket;
import dev.baton.operators.impute.FillMissing;
import dev.baton.operators.math.Clip;
import dev.baton.operators.math.Log1p;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Rows a second, on one core, of what click logs are commonly made into without a fit: 13 integers
 * filled with 0, clipped at 0 and brought to log(1 + x), 26 texts to buckets, of hexadecimal
 * numbers in {@code all}. {@code mvn -q -Pbench -pl engine,operators test -Dbench=ClickNumbers}
 * runs it.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Benchmark)
public class ClickNumbersBenchmark {
  private static final Columns NUMBERS = new Columns.Named(Criteo.numbers());
  private static final Columns CATEGORIES = new Columns.Named(Criteo.categories());
  private static final List<String> ALL =
      Stream.concat(Criteo.numbers().stream(), Criteo.categories().stream()).toList();

  private List<Kernel> numbers;
  private List<Kernel> hashes;
  private List<Kernel> hexes;
  private List<Kernel> all;

  @Setup
  public void bind(CriteoRows rows) {
    FillMissing fill = new FillMissing(NUMBERS, "0");
    Clip clip = new Clip(NUMBERS, 0, Double.POSITIVE_INFINITY);
    Log1p log = new Log1p(NUMBERS);
    HashBucket hash = new HashBucket(CATEGORIES, 100_000);
    HashBucket modulo = new HashBucket(CATEGORIES, 100_000, 0, HashBucket.Hash.MODULO);
    numbers = rows.kernels(List.of(fill, clip, log));
    hashes = rows.kernels(List.of(hash));
    hexes = rows.kernels(List.of(modulo));
    all = rows.kernels(List.of(fill, clip, log, modulo));
  }

  @Benchmark
  @OperationsPerInvocation(CriteoRows.ROWS)
  public int fillClipLog(CriteoRows rows) throws Exception {
    return rows.apply(numbers, Criteo.numbers());
  }

  @Benchmark
  @OperationsPerInvocation(CriteoRows.ROWS)
  public int hashBuckets(CriteoRows rows) throws Exception {
    return rows.apply(hashes, Criteo.categories());
  }

  @Benchmark
  @OperationsPerInvocation(CriteoRows.ROWS)
  public int hexBuckets(CriteoRows rows) throws Exception {
    return rows.apply(hexes, Criteo.categories());
  }

  @Benchmark
  @OperationsPerInvocation(CriteoRows.ROWS)
  public int all(CriteoRows rows) throws Exception {
    return rows.apply(all, ALL);
  }
}
