package dev.baton.examples.peers;

import java.nio.file.Path;
import java.util.Locale;

/** What is measured, on made-up click logs and on a wide table of doubles. */
enum Work {
  /**
   * Numbers filled with 0, clipped at 0 and brought to float32 log(1 + x); texts of hexadecimal
   * digits modulo 100,000; from CSV to Parquet.
   */
  A_CSV("click-log features, CSV to Parquet"),
  /** The same from Parquet to Parquet. */
  A_PARQUET("click-log features, Parquet to Parquet"),
  /**
   * 40 columns of doubles filled with their mean and standardised, fit and transform. Engines are
   * compared by the least, the greatest and the sum of the absolute values of each column.
   */
  B_MEMORY("mean and standard scaling, memory to memory"),
  /**
   * Categories to codes in order of frequency, those seen less than 15 times together, fit and
   * encode, Parquet to Parquet.
   */
  C_PARQUET("categories by frequency, Parquet to Parquet"),
  /** Nothing but reading CSV and writing Parquet. */
  D_CSV("CSV to Parquet");

  static final int BUCKETS = 100_000;
  static final int MIN_FREQUENCY = 15;

  private final String title;

  Work(String title) {
    this.title = title;
  }

  String title() {
    return name().charAt(0) + "  " + title;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Work of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  /** Where an engine writes the result. */
  static Path output(Path folder, String engine) {
    return folder.resolve("out-" + engine + ".parquet");
  }
}
