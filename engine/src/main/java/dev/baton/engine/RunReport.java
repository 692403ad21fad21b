package dev.baton.engine;

import dev.baton.engine.batch.Digest;
import java.time.Duration;
import java.util.List;
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
    List<Pass> passes) {

  /**
   * One pass over the source.
   *
   * @param fitted the stages fitted in it, as "2 standard-scaler"; empty for the last pass
   * @param columns the source columns it read
   */
  public record Pass(List<String> fitted, List<String> columns, long rows, Duration wall) {}

  /** Rows read in the last pass by second of the whole run. */
  public double rowsPerSecond() {
    return rowsIn / (wall.toNanos() / 1e9);
  }
}
