package dev.baton.engine;

import dev.baton.engine.batch.Digest;
import dev.baton.engine.metrics.TimeLedger;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.Skipped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What a finished run did.
 *
 * @param mode where operator code ran
 * @param lock the id of the lock policy
 * @param schema the schema of the output
 * @param rowsIn rows read from the source in the last pass
 * @param rowsOut rows of the output
 * @param bytesIn bytes of the source, or -1 when unknown
 * @param bytesOut bytes written to the sink
 * @param wall from start to end, all passes together
 * @param cpu processor time of the whole process meanwhile, compiler and collector included, and of
 *     worker processes
 * @param lockWait time that all workers together waited for locks
 * @param switches how often the global lock went from one worker to another
 * @param peakMemoryBytes the largest resident set of the process meanwhile, where the system tells;
 *     else the peak of off-heap memory taken by batches
 * @param startup how long the slowest worker process took to be ready; zero without processes
 * @param ipcBytes bytes that crossed between processes
 * @param ipc time spent handing them over, all workers together
 * @param digest the digest of the output, or null when not asked for
 * @param passes what each pass over the source did, in order
 * @param gc how long garbage collectors have stopped threads meanwhile, in all processes together
 * @param compile how long just-in-time compilers have worked meanwhile, all threads of all
 *     processes together; by the clock, so waiting for a core counts
 * @param ledger where the time of every worker went
 * @param bad what became of rows that broke a rule of the source
 * @param badInStages the same of rows that stages could not take, by number and name, of those with
 *     a policy ({@link dev.baton.engine.operator.Tolerant})
 * @param resumedRows how many of the rows read were read by an earlier run that was resumed
 * @param leftOut what the run went on without, see {@link ExecutionMode.Poison#SKIP}
 * @param skipped what of the source each pass left unread, and the rows read do not count
 */
public record RunReport(
    ExecutionMode mode,
    String lock,
    Schema schema,
    long rowsIn,
    long rowsOut,
    long bytesIn,
    long bytesOut,
    Duration wall,
    Duration cpu,
    Duration lockWait,
    long switches,
    long peakMemoryBytes,
    Duration startup,
    long ipcBytes,
    Duration ipc,
    Digest digest,
    List<Pass> passes,
    Duration gc,
    Duration compile,
    TimeLedger ledger,
    Bad bad,
    Map<String, Bad> badInStages,
    long resumedRows,
    LeftOut leftOut,
    Skipped skipped) {
  /**
   * Batches that ended worker after worker and were left out.
   *
   * @param batches how many; a batch is all of a split here
   * @param rows how many rows of the source were in them
   * @param files where those rows are, one file a batch
   */
  public record LeftOut(long batches, long rows, List<String> files) {
    /** Nothing. */
    public static final LeftOut NOTHING = new LeftOut(0, 0, List.of());

    public LeftOut {
      files = List.copyOf(files);
    }
  }

  /**
   * Rows that broke a rule of the source, or that a stage could not take.
   *
   * @param policy what was to become of them
   * @param rows how many there were
   * @param first the place of the first, and what was wrong; null when there was none
   */
  public record Bad(OnBad policy, long rows, String first) {
    /** There was none. */
    public static final Bad NONE = new Bad(new OnBad.Fail(), 0, null);
  }

  /**
   * One pass over the source.
   *
   * @param fitted the stages fitted in it, as "2 standard-scaler"; empty for the last pass
   * @param exactness of those whose state has a bound whether it was exact, such as "exact: 9,800
   *     values a column of up to 33,554,432 (256 MiB)", by the name in {@code fitted}
   * @param columns the source columns it read
   */
  public record Pass(
      List<String> fitted,
      Map<String, String> exactness,
      List<String> columns,
      long rows,
      Duration wall) {}

  /** Rows that this run read in the last pass, by second of the whole run. */
  public double rowsPerSecond() {
    return (rowsIn - resumedRows) / (wall.toNanos() / 1e9);
  }
}
