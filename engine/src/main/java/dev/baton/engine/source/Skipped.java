package dev.baton.engine.source;

/**
 * What a reading of a source leaves out, since the data's own statistics prove that nothing of it
 * is wanted.
 *
 * @param parts how many pieces of the data are left out, such as row groups of Parquet
 * @param ofParts how many there are
 * @param rows how many rows are in those left out
 * @param ofRows how many rows there are
 */
public record Skipped(long parts, long ofParts, long rows, long ofRows) {
  /** Nothing, and nobody has looked for it. */
  public static final Skipped NOTHING = new Skipped(0, 0, 0, 0);

  /** Both together. */
  public Skipped plus(Skipped other) {
    return new Skipped(
        parts + other.parts, ofParts + other.ofParts, rows + other.rows, ofRows + other.ofRows);
  }
}
