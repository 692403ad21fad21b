package dev.baton.engine.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of one worker in one pass: for each place a row of nanoseconds by account, and one of
 * what flowed through. Places are what is no operator or source, by {@link Work}, then the source,
 * then the operators by number.
 */
@SuppressWarnings("EnumOrdinal") // an index of arrays that only this version reads
final class Page {
  private static final Account[] BY_NUMBER = Account.values();
  static final int ACCOUNTS = BY_NUMBER.length;
  static final int COMPUTE = Account.COMPUTE.ordinal();
  private static final int SERIALISE = Account.SERIALISE.ordinal();
  private static final Work[] WORKS = Work.values();

  /** The place of the source, stage 0. */
  static final int SOURCE = WORKS.length;

  static final int BATCHES = 0;
  static final int ROWS_IN = 1;
  static final int ROWS_OUT = 2;
  static final int BYTES_IN = 3;
  static final int BYTES_OUT = 4;
  static final int LONGEST = 5;
  static final int FLOWS = 6;

  final long[] nanos;
  final long[] flow;

  /** The stages that are operators, by number; the others are as {@link Work} has them. */
  private final List<StageName> operators;

  /**
   * An empty page.
   *
   * @param last the number of the last operator
   */
  Page(int last, List<StageName> operators) {
    this.operators = List.copyOf(operators);
    nanos = new long[(SOURCE + last + 1) * ACCOUNTS];
    flow = new long[(SOURCE + last + 1) * FLOWS];
  }

  static int place(Work work) {
    return work == Work.DECODE ? SOURCE : work.ordinal();
  }

  static int cell(int place, Account account) {
    return place * ACCOUNTS + account.ordinal();
  }

  static Account account(int cell) {
    return BY_NUMBER[cell % ACCOUNTS];
  }

  /** Whether a worker there is at work, not waiting. */
  static boolean works(int cell) {
    int account = cell % ACCOUNTS;
    return account == COMPUTE || account == SERIALISE;
  }

  long total() {
    return Arrays.stream(nanos).sum();
  }

  /** Everything that is not 0, as pairs of an index and a value; forgets it. */
  long[] drain() {
    long[] pairs = new long[2 * (nanos.length + flow.length)];
    int n = drain(nanos, 0, pairs, 0);
    n = drain(flow, nanos.length, pairs, n);
    return Arrays.copyOf(pairs, n);
  }

  private static int drain(long[] values, long offset, long[] pairs, int from) {
    int n = from;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        pairs[n++] = offset + i;
        pairs[n++] = values[i];
        values[i] = 0;
      }
    }
    return n;
  }

  /** Adds pairs that another page of the same pass gave up by {@link #drain}. */
  void add(long[] pairs, int from, int to) {
    for (int i = from; i < to; i += 2) {
      int index = (int) pairs[i];
      if (index < nanos.length) {
        nanos[index] += pairs[i + 1];
      } else {
        int at = index - nanos.length;
        flow[at] =
            at % FLOWS == LONGEST ? Math.max(flow[at], pairs[i + 1]) : flow[at] + pairs[i + 1];
      }
    }
  }

  /** Everything on the pages of all passes. */
  static List<TimeLedger.Pass> snapshot(List<Page> pages) {
    List<TimeLedger.Pass> snapshots = new ArrayList<>();
    for (int number = 0; number < pages.size(); number++) {
      snapshots.add(pages.get(number).snapshot(number));
    }
    return snapshots;
  }

  private TimeLedger.Pass snapshot(int number) {
    List<TimeLedger.Stage> stages = new ArrayList<>();
    for (int place = 0; place < nanos.length / ACCOUNTS; place++) {
      TimeLedger.Stage stage = stage(place);
      if (!stage.times().equals(Times.ZERO) || !stage.flow().equals(Flow.ZERO)) {
        stages.add(stage);
      }
    }
    stages.sort((a, b) -> StageName.ORDER.compare(a.name(), b.name()));
    return new TimeLedger.Pass(number, stages);
  }

  StageName name(int place) {
    if (place < SOURCE) {
      return StageName.of(WORKS[place]);
    }
    int number = place - SOURCE;
    return operators.stream()
        .filter(stage -> stage.number() == number)
        .findFirst()
        .orElse(StageName.of(Work.DECODE));
  }

  private TimeLedger.Stage stage(int place) {
    Map<Account, Duration> times = new EnumMap<>(Account.class);
    for (Account account : Account.values()) {
      times.put(account, Duration.ofNanos(nanos[cell(place, account)]));
    }
    int f = place * FLOWS;
    return new TimeLedger.Stage(
        name(place),
        new Times(times),
        new Flow(
            flow[f + BATCHES],
            flow[f + ROWS_IN],
            flow[f + ROWS_OUT],
            flow[f + BYTES_IN],
            flow[f + BYTES_OUT]),
        Duration.ofNanos(flow[f + LONGEST]));
  }
}
