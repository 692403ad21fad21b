package dev.baton.engine.metrics;

/**
 * What went through a stage.
 *
 * @param batches how many, or splits where there are no batches: merging
 * @param bytesIn of the batches in memory; for the source the bytes of its splits
 * @param bytesOut of the batches in memory; for the sink the bytes written
 */
public record Flow(long batches, long rowsIn, long rowsOut, long bytesIn, long bytesOut) {
  /** Nothing. */
  public static final Flow ZERO = new Flow(0, 0, 0, 0, 0);

  public Flow plus(Flow other) {
    return new Flow(
        batches + other.batches,
        rowsIn + other.rowsIn,
        rowsOut + other.rowsOut,
        bytesIn + other.bytesIn,
        bytesOut + other.bytesOut);
  }
}
