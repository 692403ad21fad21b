package dev.baton.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.batch.Types;
import dev.baton.engine.check.SharedState;
import dev.baton.engine.check.SharingCheck;
import dev.baton.engine.operator.Columns;
import dev.baton.operators.io.csv.CsvSource;
import dev.baton.operators.rows.MapRows;
import dev.baton.operators.rows.RowFunction;
import dev.baton.operators.rows.RowReader;
import dev.baton.operators.rows.RowWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharingCheckTest {
  private static final String HERE = SharingCheckTest.class.getName();

  private static long total;

  @TempDir private Path folder;

  /** Something a function does with a number. */
  private interface Note {
    void note(long number);
  }

  /** Calls another, when two threads have come, so that both take part in the run. */
  @SuppressWarnings("ThreadLocalUsage") // each test has its own
  private static final class Together implements RowFunction {
    private final Note note;
    private final CountDownLatch both = new CountDownLatch(2);
    private final ThreadLocal<Boolean> here = new ThreadLocal<>();

    Together(Note note) {
      this.note = note;
    }

    @Override
    public void apply(RowReader in, RowWriter out) throws Exception {
      if (here.get() == null) {
        here.set(true);
        both.countDown();
        both.await();
      }
      note.note(in.getLong(0));
      out.setLong(0, in.getLong(0));
    }
  }

  private List<SharedState> check(Note note) throws IOException {
    Path file = folder.resolve("numbers.csv");
    StringBuilder text = new StringBuilder("x\n");
    for (int i = 1; i <= 2000; i++) {
      text.append(i).append('\n');
    }
    Files.writeString(file, text);
    Pipeline pipeline =
        Pipeline.read(inSmallSplits(new CsvSource(file)))
            .then(
                new MapRows(
                    Columns.of("x"), List.of(Types.field("y", Types.INT64)), new Together(note)));
    RunOptions options = RunOptions.defaults().withMode(ExecutionMode.threads(2));
    try (Engine engine = Engine.open()) {
      SharingCheck.Result result = SharingCheck.run(engine, pipeline, options);
      assertEquals(2, result.workers());
      return result.shared();
    }
  }

  private static CsvSource inSmallSplits(CsvSource source) {
    return new CsvSource(
        source.path(),
        source.delimiter(),
        source.header(),
        source.types(),
        source.nulls(),
        source.sampleRows(),
        512,
        source.bad());
  }

  private static void one(String place, String type, List<SharedState> found) {
    assertEquals(List.of(place), found.stream().map(SharedState::place).toList());
    assertEquals(type, found.get(0).type());
    assertEquals("stage 1 MapRows", found.get(0).stage());
  }

  @SuppressWarnings("UnusedVariable") // it is what others would read
  private static final class Summing implements Note {
    private long sum;

    @Override
    public void note(long number) {
      sum += number;
    }
  }

  @Test
  void a_field_that_is_summed_into_is_named_with_what_became_of_it() throws IOException {
    List<SharedState> found = check(new Summing());
    one(HERE + "$Summing.sum", "long", found);
    String text = found.get(0).toString();
    assertTrue(
        text.startsWith(
            "stage 1 MapRows: "
                + HERE
                + "$Summing.sum (long) is shared by workers without a guard and changed from 0 to "),
        text);
    assertTrue(
        text.endsWith(
            "; make it a local variable of the function, an atomic, or the FitState of an"
                + " Estimator"),
        text);
  }

  @Test
  void a_static_field_of_the_class_around_a_lambda_is_named() throws IOException {
    List<SharedState> found = check(number -> total += number);
    one(HERE + ".total", "long", found);
    assertTrue(found.get(0).remedy().startsWith("make it final, an atomic"), found.toString());
  }

  @Test
  void an_array_that_a_lambda_has_captured_is_named() throws IOException {
    long[] sums = new long[2];
    List<SharedState> found = check(number -> sums[0] += number);
    one("a long[] captured by a lambda in " + HERE, "long[]", found);
    assertTrue(found.get(0).before().equals("[0, 0]"), found.toString());
  }

  private static final class Gathering implements Note {
    private final List<Long> numbers = new ArrayList<>();
    private final Map<Long, Long> counts = new HashMap<>();

    @Override
    public void note(long number) {
      if (number < 3) { // seldom, so that the collections survive
        numbers.add(number);
        counts.put(number, number);
      }
    }
  }

  @Test
  void collections_that_are_not_made_for_it_are_named() throws IOException {
    List<SharedState> found = check(new Gathering());
    assertEquals(
        List.of(HERE + "$Gathering.numbers", HERE + "$Gathering.counts"),
        found.stream().map(SharedState::place).toList());
    assertTrue(found.get(0).remedy().contains("java.util.concurrent"), found.toString());
  }

  private record Holder(Summing inner) implements Note {
    @Override
    public void note(long number) {
      inner.note(number);
    }
  }

  @Test
  void what_lies_deep_inside_is_found_too() throws IOException {
    one(HERE + "$Summing.sum", "long", check(new Holder(new Summing())));
  }

  @SuppressWarnings("ThreadLocalUsage") // what is looked at
  private static final class Innocent implements Note {
    private static final long FACTOR = 3;
    private final List<Integer> constants = List.of(1, 2);
    private final int[] table = {1, 2, 3};
    private final AtomicLong atomic = new AtomicLong();
    private final LongAdder adder = new LongAdder();
    private final Map<Long, Long> concurrent = new ConcurrentHashMap<>();
    private final List<Long> guarded = Collections.synchronizedList(new ArrayList<>());
    private final ThreadLocal<StringBuilder> own = ThreadLocal.withInitial(StringBuilder::new);
    private final Locked locked = new Locked();
    private int never = 7;

    @Override
    public void note(long number) {
      atomic.addAndGet(number * FACTOR + table[0] + constants.get(0) + never);
      adder.increment();
      concurrent.merge(number, 1L, Long::sum);
      guarded.add(number);
      own.get().append(number);
      locked.add();
    }
  }

  /** Guards itself. */
  @SuppressWarnings("UnusedVariable")
  private static final class Locked {
    private final ReentrantLock lock = new ReentrantLock();
    private long count;

    void add() {
      lock.lock();
      try {
        count++;
      } finally {
        lock.unlock();
      }
    }
  }

  @Test
  void constants_atomics_concurrent_collections_and_guarded_state_are_no_findings()
      throws IOException {
    assertEquals(List.of(), check(new Innocent()));
  }

  /** Guards each of its fields by a block of one lock. */
  @SuppressWarnings("UnusedVariable")
  private static final class Blocks implements Note {
    private static final Object FOR_ALL = new Object();
    private static long all;
    private final Object lock = new Object();
    private final List<Long> numbers = new ArrayList<>();
    private final long[] sums = {0};
    private long sum;
    private long half;
    private long whole;

    @Override
    public void note(long number) {
      synchronized (this) {
        sum += number;
      }
      synchronized (lock) {
        for (int i = 0; i < 2; i++) {
          if (number % 2 == i) {
            half += number;
          }
        }
        sums[0] += number;
      }
      synchronized (numbers) {
        try {
          numbers.add(Math.multiplyExact(number, number));
        } catch (ArithmeticException e) {
          numbers.clear();
        }
      }
      synchronized (FOR_ALL) {
        all += number;
        synchronized (Blocks.class) {
          switch ((int) number) {
            case 1, 2, 3 -> whole++;
            case 1000 -> whole += 2;
            default -> whole += 3;
          }
        }
      }
    }
  }

  @Test
  void what_is_touched_inside_of_blocks_of_one_lock_is_no_finding() throws IOException {
    assertEquals(List.of(), check(new Blocks()));
  }

  /** Has blocks, but not everywhere or not of one lock. */
  @SuppressWarnings({"UnusedVariable", "SynchronizeOnNonFinalField"}) // what is looked at
  private static final class Leaky implements Note {
    private final Object lock = new Object();
    private Object replaced = new Object();
    private long outside;
    private long after;
    private long twoLocks;
    private long whatLock;

    @Override
    public void note(long number) {
      if (outside >= 0) {
        synchronized (lock) {
          outside += number;
          twoLocks += number;
        }
      }
      synchronized (lock) {
        whatLock--;
      }
      after += number;
      synchronized (this) {
        twoLocks += number;
      }
      synchronized (replaced) {
        whatLock += number + 1;
      }
    }
  }

  @Test
  void blocks_that_leave_something_out_or_have_two_locks_are_no_guard() throws IOException {
    assertEquals(
        List.of("after", "outside", "twoLocks", "whatLock"),
        check(new Leaky()).stream()
            .map(found -> found.place().substring(found.place().lastIndexOf('.') + 1))
            .sorted()
            .toList());
  }

  @Test
  void what_a_lambda_has_captured_is_named_whatever_guards_it() throws IOException {
    long[] sums = new long[1];
    List<SharedState> found =
        check(
            number -> {
              synchronized (sums) {
                sums[0] += number;
              }
            });
    one("a long[] captured by a lambda in " + HERE, "long[]", found);
  }

  @Test
  void one_worker_cannot_show_anything() {
    try (Engine engine = Engine.open()) {
      Pipeline pipeline = Pipeline.read(new CsvSource(folder.resolve("none.csv")));
      RunOptions options = RunOptions.defaults().withMode(ExecutionMode.inline());
      Exception e =
          assertThrows(
              IllegalArgumentException.class, () -> SharingCheck.run(engine, pipeline, options));
      assertEquals(
          "sharing is checked in mode threads with at least 2 workers, but was inline with 1",
          e.getMessage());
    }
  }
}
