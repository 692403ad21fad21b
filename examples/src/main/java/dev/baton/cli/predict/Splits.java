package dev.baton.cli.predict;

import dev.baton.engine.metrics.Account;
import dev.baton.engine.metrics.TimeLedger.Segment;
import dev.baton.engine.metrics.TimeLedger.Worker;
import dev.baton.engine.metrics.Work;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the timeline of one run tells of splits: how much they differ, and how a pass begins. */
final class Splits {
  /** With fewer it is not known how much splits differ. */
  private static final int FEWEST_WHOLE = 16;

  private Splits() {}

  /**
   * What each split of a pass took in relation to the others. A timeline that was full has become
   * coarser, earlier parts most: of two neighbours the longer was left with the time of both, so
   * that many a split is missing and others seem huge. Then those that were seen whole stand for
   * all.
   *
   * @param equal how many equal parts there are where nobody looked
   */
  static double[] of(int pass, List<Worker> workers, int equal) {
    double[] seen = seen(pass, workers);
    if (seen.length > 0 && Arrays.stream(seen).allMatch(seconds -> seconds > 0)) {
      return seen;
    }
    double[] splits = new double[seen.length == 0 ? equal : seen.length];
    double[] whole = whole(seen);
    for (int i = 0; i < splits.length; i++) {
      splits[i] = whole.length < FEWEST_WHOLE ? 1 : whole[i % whole.length];
    }
    return splits;
  }

  private static double[] seen(int pass, List<Worker> workers) {
    int last = (int) segments(pass, workers).mapToLong(Segment::split).max().orElse(-1);
    double[] seen = new double[last + 1];
    segments(pass, workers)
        .filter(segment -> segment.split() >= 0 && works(segment))
        .forEach(segment -> seen[(int) segment.split()] += seconds(segment));
    return seen;
  }

  /** The times of splits whose neighbours were seen too. */
  private static double[] whole(double[] seen) {
    return IntStream.range(1, Math.max(1, seen.length - 1))
        .filter(i -> seen[i - 1] > 0 && seen[i] > 0 && seen[i + 1] > 0)
        .mapToDouble(i -> seen[i])
        .toArray();
  }

  /**
   * Of the time that the caller spends on the engine in a pass, the share from 0 to 1 before it
   * looks for splits, which is that of starting workers; 1 where nobody looked.
   */
  static double startShare(int pass, List<Worker> callers) {
    double first =
        segments(pass, callers)
            .filter(is(Work.DECODE))
            .mapToDouble(segment -> Workloads.seconds(segment.start()))
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    double before = 0;
    double all = 0;
    for (Segment segment : segments(pass, callers).filter(is(Work.ENGINE)).toList()) {
      if (works(segment)) {
        all += seconds(segment);
        before += Workloads.seconds(segment.start()) < first ? seconds(segment) : 0;
      }
    }
    return all > 0 ? before / all : 1;
  }

  private static Predicate<Segment> is(Work work) {
    return segment -> segment.stage().work() == work;
  }

  private static Stream<Segment> segments(int pass, List<Worker> workers) {
    return workers.stream()
        .flatMap(worker -> worker.timeline().stream())
        .filter(segment -> segment.pass() == pass);
  }

  private static boolean works(Segment segment) {
    return segment.account() == Account.COMPUTE || segment.account() == Account.SERIALISE;
  }

  private static double seconds(Segment segment) {
    return Workloads.seconds(segment.end().minus(segment.start()));
  }
}
