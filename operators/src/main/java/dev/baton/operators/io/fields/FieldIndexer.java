package dev.baton.operators.io.fields;

/**
 * Finds the fields of records in memory, a chunk of records at a time, and writes them into an
 * index that column readers then go through column by column. Confined to one thread.
 */
public interface FieldIndexer {
  /**
   * Bytes needed after the text, for {@link #start} to write; words may be read past the end of the
   * text by less than this.
   */
  int PADDING = 64;

  /** Starts on {@code length} bytes at {@code address}, which begin with a record. */
  void start(long address, int length);

  /** Whether no text is left. */
  boolean done();

  /** Where the next record starts, in bytes from the start of the text. */
  int position();

  /** The fields found by the last {@link #next}, record by record; see {@link Fields}. */
  long[] index();

  /**
   * Indexes the next records: as many as make a chunk, a multiple of 64, or what is left.
   *
   * @return how many; zero only at the end
   * @throws BadField at a record that is broken, if that is to fail
   */
  int next();

  /** The record of the chunk, which has {@code records}, that has a field at that offset. */
  int recordAt(int offset, int records);

  /** Where a record of the chunk, which has {@code records}, starts; or where the last one ends. */
  int recordStart(int row, int records);
}
