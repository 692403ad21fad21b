package dev.baton.examples.peers;

import dev.baton.engine.JvmFlags;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Seconds and peak memory of the same work in Baton, DuckDB and, where a Python has them, Polars
 * and pandas with scikit-learn. Every engine runs in a process of its own, by turns, several times
 * in a process; the table has the median of the first ones, in which a JVM starts to compile, and
 * that of the last three, when every engine has come to rest. Their outputs are compared, too.
 * Beside work B stands what a plain copy of its table takes.
 *
 * <pre>mvn -q -Ppeers test [-Dpeers.rows=2000000] [-Dpeers.rounds=3] [-Dpeers.threads=1,2]
 *   [-Dpeers.works=a_csv,a_parquet,b_memory,c_parquet,d_csv] [-Dpeers.python=python3]</pre>
 *
 * <p>Inputs are made once, in {@code examples/target/peers}; they need 1.5 GB.
 */
final class PeersBenchmark {
  private static final int RUNS = 6;

  /** So many runs of a process are left out of its seconds. */
  private static final int WARM_UP = 3;

  private static final Path SCRIPT = Path.of("src/test/python/peers.py");

  /** Not engines: what memory alone takes for work B. */
  private static final List<String> COPIES = List.of("copy-fresh", "copy-warm");

  private static final Map<String, Class<?>> IN_JAVA =
      Map.of(
          "baton", BatonPeer.class,
          "duckdb", DuckDbPeer.class,
          "copy-fresh", PlainCopy.class,
          "copy-warm", PlainCopy.class);

  private final int rows;
  private final Path folder;
  private final String python;
  private final List<String> engines = new ArrayList<>(List.of("baton", "duckdb"));

  private PeersBenchmark(int rows, Path folder, String python) {
    this.rows = rows;
    this.folder = folder;
    this.python = python;
  }

  public static void main(String[] args) throws Exception {
    int rows = Integer.parseInt(System.getProperty("peers.rows", "2000000"));
    int rounds = Integer.parseInt(System.getProperty("peers.rounds", "3"));
    Path folder = Path.of("target/peers").toAbsolutePath().resolve(rows + "-rows");
    PeersBenchmark peers =
        new PeersBenchmark(rows, folder, System.getProperty("peers.python", "python3"));
    for (String module : List.of("polars", "sklearn")) {
      if (peers.hasModule(module)) {
        peers.engines.add(module);
      } else {
        System.out.println(peers.python + " has no " + module + ", so it is left out");
      }
    }
    System.out.printf(Locale.ROOT, "making the inputs, %,d rows …%n", rows);
    Inputs.make(folder, rows);
    for (String work : list("peers.works", "a_csv,a_parquet,b_memory,c_parquet,d_csv")) {
      for (String threads : list("peers.threads", "1,2")) {
        peers.measure(Work.of(work), Integer.parseInt(threads), rounds);
      }
    }
  }

  private static List<String> list(String property, String byDefault) {
    return Arrays.asList(System.getProperty(property, byDefault).split(","));
  }

  private boolean hasModule(String module) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(python, "-c", "import " + module)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void measure(Work work, int threads, int rounds) throws Exception {
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    Map<String, List<Double>> first = new LinkedHashMap<>();
    Map<String, Double> peaks = new LinkedHashMap<>();
    Map<String, List<Double>> figures = new LinkedHashMap<>();
    List<String> measured = new ArrayList<>(engines);
    if (work == Work.B_MEMORY) {
      measured.addAll(COPIES);
    }
    for (int round = 0; round < rounds; round++) {
      for (String engine : measured) {
        List<Double> runs = new ArrayList<>();
        figures.put(engine, new ArrayList<>());
        double peak = run(engine, work, threads, runs, figures.get(engine));
        first.computeIfAbsent(engine, name -> new ArrayList<>()).add(runs.get(0));
        seconds
            .computeIfAbsent(engine, name -> new ArrayList<>())
            .addAll(runs.subList(WARM_UP, runs.size()));
        peaks.merge(engine, peak, Math::max);
      }
    }
    for (String engine : engines.subList(1, engines.size())) {
      if (work == Work.B_MEMORY) {
        Outputs.assertSameFigures(engine, figures.get("baton"), figures.get(engine));
      } else {
        Path ours = Work.output(folder, "baton");
        Outputs.assertSameRows(work, ours, Work.output(folder, engine));
      }
    }
    System.out.printf(
        Locale.ROOT, "%n%s, %d thread%s%n", work.title(), threads, threads == 1 ? "" : "s");
    double baton = median(seconds.get("baton"));
    for (String engine : measured) {
      double median = median(seconds.get(engine));
      System.out.printf(
          Locale.ROOT,
          "  %-10s %7.2f s   %6.2fx   first run %7.2f s   %6.0f MiB at the peak%n",
          engine,
          median,
          median / baton,
          median(first.get(engine)),
          peaks.get(engine) / (1 << 20));
    }
  }

  /** Adds the seconds of all runs and the figures of the result, and returns the peak of memory. */
  private double run(
      String engine, Work work, int threads, List<Double> seconds, List<Double> figures)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command(engine, work, threads))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    double peak = Double.NaN;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ");
        if (words[0].equals("run")) {
          seconds.add(Double.parseDouble(words[1]));
        } else if (words[0].equals("peak")) {
          peak = Double.parseDouble(words[1]);
        } else if (words[0].equals("figures")) {
          Arrays.stream(words).skip(1).map(Double::valueOf).forEach(figures::add);
        }
      }
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException(engine + " failed at " + work.id());
    }
    return peak;
  }

  private List<String> command(String engine, Work work, int threads) {
    List<String> command = new ArrayList<>();
    boolean copy = COPIES.contains(engine);
    String what = copy ? engine : work.id();
    String on = copy ? String.valueOf(Inputs.wideBytes(rows)) : folder.toString();
    List<String> arguments = List.of(what, String.valueOf(threads), String.valueOf(RUNS), on);
    if (IN_JAVA.containsKey(engine)) {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(JvmFlags.forVersion(Runtime.version().feature()));
      command.add("-Xmx1g");
      command.add("-cp");
      command.add(System.getProperty("java.class.path"));
      command.add(IN_JAVA.get(engine).getName());
    } else {
      command.addAll(List.of(python, SCRIPT.toString(), engine));
    }
    command.addAll(arguments);
    return command;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
