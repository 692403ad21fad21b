package dev.baton.operators.json;

import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.OpenSource;
import dev.baton.operators.io.InputFile;
import dev.baton.operators.io.StreamedInput;
import dev.baton.operators.io.fields.FieldTable;
import dev.baton.operators.io.files.StreamSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Rows of a file of JSON Lines: one object in each line (RFC 8259, UTF-8 with or without a byte
 * order mark, lines ending in LF or CRLF). Lines of blanks are skipped.
 *
 * <p>A file that is compressed with gzip or zstd, whatever its name, is unpacked by one thread
 * while others parse; zstd needs the artifact zstd-jni.
 *
 * <p><b>Columns.</b> The value of {@code {"user": {"city": "Bern"}}} is in column {@code
 * user.city}. A key that is not there and a null are missing values; a key that is there twice is
 * an error. Columns are those in the sample, in the order in which they are met, and those
 * declared. Objects and arrays may be 256 deep.
 *
 * <p><b>Types.</b> A column whose type is not declared gets the first of int64, float64, bool, date
 * (ISO), timestamp (ISO, to microseconds, no zone) that all its values in the sample have, else
 * utf8. A utf8 column takes every value: a string as its text, all else as it stands in the file,
 * so arrays and mixtures, and integers beyond 64 bits, lose nothing; so does an object if its
 * column is declared. A value that does not fit the type is an error that names its line. Floats
 * may also be NaN, Infinity or -Infinity, as words or strings; those too large are infinite.
 *
 * @param path the file, folder or pattern, see {@link FileSource}
 * @param types declared types by column name, see {@link dev.baton.engine.batch.Types}
 * @param unknown what becomes of a value other than null whose key is no column's: {@code fail} or
 *     {@code ignore}
 * @param sampleRows how many rows are looked at to find columns and types; 0 for the declared
 *     columns only
 * @param splitBytes about how much of the file one worker reads at a time, 1 byte to 256 MiB; about
 *     1 MiB keeps a batch in the processor's cache
 * @param bad what becomes of rows that do not fit the columns: {@code fail}, {@code make-null},
 *     {@code skip} or {@code reject}, see {@link OnBad}
 */
public record JsonlSource(
    Path path,
    Map<String, String> types,
    Unknown unknown,
    int sampleRows,
    int splitBytes,
    OnBad bad)
    implements StreamSource {
  private static final int MOST_SPLIT_BYTES = 256 << 20;

  /** What becomes of values that no column takes. */
  public enum Unknown {
    FAIL,
    IGNORE
  }

  public JsonlSource {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(unknown, "unknown");
    Objects.requireNonNull(bad, "bad");
    types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    FieldTable.checkTypes(types, "JSON");
    if (sampleRows < 0) {
      throw new IllegalArgumentException("sampleRows must be at least 0 but was " + sampleRows);
    }
    if (splitBytes < 1 || splitBytes > MOST_SPLIT_BYTES) {
      throw new IllegalArgumentException(
          "splitBytes must be 1 to " + MOST_SPLIT_BYTES + " but was " + splitBytes);
    }
  }

  public JsonlSource(Path path) {
    this(path, Map.of(), Unknown.FAIL, 10_000, 1 << 20, new OnBad.Fail());
  }

  public JsonlSource withTypes(Map<String, String> types) {
    return new JsonlSource(path, types, unknown, sampleRows, splitBytes, bad);
  }

  public JsonlSource withUnknown(Unknown policy) {
    return new JsonlSource(path, types, policy, sampleRows, splitBytes, bad);
  }

  public JsonlSource withSampleRows(int rows) {
    return new JsonlSource(path, types, unknown, rows, splitBytes, bad);
  }

  public JsonlSource withSplitBytes(int bytes) {
    return new JsonlSource(path, types, unknown, sampleRows, bytes, bad);
  }

  public JsonlSource withBad(OnBad policy) {
    return new JsonlSource(path, types, unknown, sampleRows, splitBytes, policy);
  }

  @Override
  public OpenSource openFile(Path file, Schema expected) throws IOException {
    return OpenJsonl.open(this, InputFile.of(file), expected);
  }

  @Override
  public OpenSource openStream(StreamedInput input, Schema expected) throws IOException {
    return OpenJsonl.open(this, InputFile.of(input), expected);
  }
}
