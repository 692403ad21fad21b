package dev.baton.operators.json;

import dev.baton.operators.io.ByteSplits;
import dev.baton.operators.io.InputFile;
import dev.baton.operators.io.LineCount;
import dev.baton.operators.io.PackedText;
import dev.baton.operators.io.text.LineSearch;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * A file of lines. Immutable.
 *
 * @param packed whether it is compressed
 * @param start where its first line starts, in its text
 */
record JsonFile(InputFile input, boolean packed, long start) {
  static JsonFile of(InputFile input) throws IOException {
    boolean packed = PackedText.is(input);
    return new JsonFile(input, packed, packed ? PackedText.textStart(input) : input.textStart());
  }

  /**
   * The splits of a file that is not compressed.
   *
   * @param counted whether lines are counted, asked before they are
   */
  ByteSplits splits(int bytes, BooleanSupplier counted) {
    return new ByteSplits(
        start,
        input.size(),
        bytes,
        () -> {
          LineSearch search = new LineSearch(input, start, false);
          return counted.getAsBoolean() ? new LineCount(input, search, start) : search;
        });
  }

  /** Unpacks the lines of a compressed file. */
  PackedText unpack() throws IOException {
    PackedText text = PackedText.lines(input);
    try {
      text.skip((int) start);
      return text;
    } catch (Throwable e) {
      text.close();
      throw e;
    }
  }
}
