package dev.baton.engine.source;

import dev.baton.engine.operator.KernelContext;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A source whose schema is known. It can be read many times, also at once. Thread-safe but for the
 * iterators and decoders it hands out, each of which belongs to one thread.
 */
public interface OpenSource extends AutoCloseable {
  /** All its columns. */
  Schema schema();

  /** The bytes that the splits of one reading add up to, or -1 when unknown. */
  long bytes();

  /** Whether splits can be sent to other processes; else their batches are. */
  default boolean splitsTravel() {
    return true;
  }

  /**
   * What other processes open to decode splits of this: the same data, which is not looked for
   * again there. Null, the default, for the source that was opened.
   */
  default Source elsewhere() {
    return null;
  }

  /** Other data has another version: size and time of a file. Empty when it cannot be told. */
  default String version() {
    return "";
  }

  /**
   * What {@code explain} is to say of how it is read, such as which parts of the data are left out;
   * null for nothing.
   */
  default String note() {
    return null;
  }

  /** What each reading of it leaves out unread. */
  default Skipped skipped() {
    return Skipped.NOTHING;
  }

  /** What becomes of rows that break a rule of the source. */
  default OnBad onBad() {
    return new OnBad.Fail();
  }

  /**
   * Asks that batches tell where their rows came from ({@link
   * dev.baton.engine.batch.Batch#origin}); before splits and decoders are asked for. For sources
   * that would have to find it out: those that know tell it anyway, others do nothing.
   */
  default void keepOrigins() {}

  /**
   * Tells the memory of the run, in which all is to count that the source holds other than for a
   * decoder; before splits are asked for. It is given back when the source is closed, at the
   * latest.
   */
  default void within(BufferAllocator memory) throws IOException {}

  /**
   * Cuts the data into splits, always the same ones. Lazy: a split may be found only when it is
   * asked for, and what must be read to find it is read then.
   */
  Iterator<? extends Split> splits() throws IOException;

  /**
   * Makes a decoder for one worker.
   *
   * @param columns the columns wanted, a subset of the schema's in schema order; others are not
   *     decoded. Possibly empty: then only rows are counted
   */
  Decoder decoder(List<String> columns, KernelContext context) throws IOException;

  @Override
  void close() throws IOException;
}
