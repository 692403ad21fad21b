package dev.baton.operators.bench;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.testkit.FakeContext;
import dev.baton.operators.internal.Strings;
import dev.baton.operators.text.HashingVectorizer;
import dev.baton.operators.text.TermCounts;
import dev.baton.operators.text.TfidfVectorizer;
import dev.baton.operators.text.Tokenize;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.vector.FieldVector;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Tokens a second, on one core, of the text operators and of the loops over strings that one would
 * write without them: {@code mvn -q -Pbench -pl operators -am test -Dbench=Text} runs it. The loops
 * by hand cut words with {@code Character.isLetterOrDigit}; the ones by regex with {@code \w\w+}.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
@OperationsPerInvocation(Novel.TOKENS)
public class TextBenchmark {
  private static final Columns TEXT = Columns.of("text");
  private static final Pattern WORD = Pattern.compile("\\w\\w+", Pattern.UNICODE_CHARACTER_CLASS);

  private BoundEstimator<TermCounts> estimator;
  private Kernel tokenize;
  private Kernel tfidf;
  private Kernel hashing;
  private Map<String, Integer> features;
  private double[] weights;

  @Setup
  public void fit(Novel novel) {
    estimator = new TfidfVectorizer(TEXT).bind(new Binder(Novel.SCHEMA, true));
    tfidf = kernel(estimator.finish().apply(observe(novel)), novel);
    tokenize = kernel(new Tokenize(TEXT), novel);
    hashing = kernel(new HashingVectorizer(TEXT), novel);
    Map<String, int[]> counts = byHand(novel);
    features = new HashMap<>();
    weights = new double[counts.size()];
    for (String term : new TreeSet<>(counts.keySet())) {
      weights[features.size()] =
          Math.log((1.0 + novel.batch.rows()) / (1 + counts.get(term)[0])) + 1;
      features.put(term, features.size());
    }
  }

  private static Kernel kernel(Transform transform, Novel novel) {
    return transform
        .bind(new Binder(Novel.SCHEMA, true))
        .kernels()
        .open(new FakeContext(novel.allocator));
  }

  @TearDown
  public void close() {
    List.of(tokenize, tfidf, hashing).forEach(Kernel::close);
  }

  private TermCounts observe(Novel novel) {
    TermCounts counts = estimator.newState().get();
    counts.observe(novel.batch);
    return counts;
  }

  private static int apply(Kernel kernel, Novel novel) throws Exception {
    try (Batch shared = novel.batch.share(novel.allocator)) {
      kernel.apply(shared);
      return shared.width();
    }
  }

  @Benchmark
  public Object fit_baton(Novel novel) {
    return observe(novel);
  }

  @Benchmark
  public Object fit_stringsByHand(Novel novel) {
    return byHand(novel);
  }

  @Benchmark
  public Object fit_stringsByRegex(Novel novel) {
    return count(novel, TextBenchmark::byRegex);
  }

  @Benchmark
  public Object tokenize_baton(Novel novel) throws Exception {
    return apply(tokenize, novel);
  }

  @Benchmark
  public Object tokenize_stringsByHand(Novel novel) {
    return lists(novel, TextBenchmark::byHand);
  }

  @Benchmark
  public Object tokenize_stringsByRegex(Novel novel) {
    return lists(novel, TextBenchmark::byRegex);
  }

  @Benchmark
  public Object tfidf_baton(Novel novel) throws Exception {
    return apply(tfidf, novel);
  }

  @Benchmark
  public Object tfidf_stringsByHand(Novel novel) {
    return weigh(novel, TextBenchmark::byHand);
  }

  @Benchmark
  public Object hashing_baton(Novel novel) throws Exception {
    return apply(hashing, novel);
  }

  private interface Cut {
    List<String> words(String line);
  }

  private static String line(Novel novel, int row) {
    FieldVector text = novel.batch.column(0);
    return Strings.of(text, row).toLowerCase(Locale.ROOT);
  }

  private static List<String> byRegex(String line) {
    List<String> words = new ArrayList<>();
    for (Matcher matcher = WORD.matcher(line); matcher.find(); ) {
      words.add(matcher.group());
    }
    return words;
  }

  private static List<String> byHand(String line) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= line.length(); i++) {
      boolean word =
          i < line.length() && (Character.isLetterOrDigit(line.charAt(i)) || line.charAt(i) == '_');
      if (word && start < 0) {
        start = i;
      } else if (!word && start >= 0) {
        if (i - start >= 2) {
          words.add(line.substring(start, i));
        }
        start = -1;
      }
    }
    return words;
  }

  private static List<List<String>> lists(Novel novel, Cut cut) {
    List<List<String>> lists = new ArrayList<>();
    for (int row = 0; row < novel.batch.rows(); row++) {
      lists.add(cut.words(line(novel, row)));
    }
    return lists;
  }

  private static Map<String, int[]> byHand(Novel novel) {
    return count(novel, TextBenchmark::byHand);
  }

  /** In how many lines each word occurs, and how often. */
  private static Map<String, int[]> count(Novel novel, Cut cut) {
    Map<String, int[]> counts = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (int row = 0; row < novel.batch.rows(); row++) {
      seen.clear();
      for (String word : cut.words(line(novel, row))) {
        int[] count = counts.computeIfAbsent(word, w -> new int[2]);
        count[0] += seen.add(word) ? 1 : 0;
        count[1]++;
      }
    }
    return counts;
  }

  private List<double[]> weigh(Novel novel, Cut cut) {
    List<double[]> vectors = new ArrayList<>();
    for (int row = 0; row < novel.batch.rows(); row++) {
      Map<Integer, Integer> counts = new TreeMap<>();
      for (String word : cut.words(line(novel, row))) {
        Integer feature = features.get(word);
        if (feature != null) {
          counts.merge(feature, 1, Integer::sum);
        }
      }
      double[] vector = new double[2 * counts.size()];
      int size = 0;
      double squares = 0;
      for (Map.Entry<Integer, Integer> count : counts.entrySet()) {
        double weight = count.getValue() * weights[count.getKey()];
        vector[size++] = count.getKey();
        vector[size++] = weight;
        squares += weight * weight;
      }
      for (int i = 1; i < size; i += 2) {
        vector[i] /= Math.sqrt(squares);
      }
      vectors.add(vector);
    }
    return vectors;
  }
}
