package dev.baton.operators.io.csv;

import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.OpenSource;
import dev.baton.operators.io.InputFile;
import dev.baton.operators.io.StreamedInput;
import dev.baton.operators.io.fields.FieldTable;
import dev.baton.operators.io.files.StreamSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Rows of a CSV file (RFC 4180, UTF-8 with or without a byte order mark, lines ending in LF or
 * CRLF). A quote is special only at the start of a field.
 *
 * <p>A file that is compressed with gzip or zstd, whatever its name, is unpacked by one thread
 * while others parse; zstd needs the artifact zstd-jni.
 *
 * <p><b>Missing values.</b> In a text column an unquoted field equal to one of {@code nulls} is
 * missing; a quoted one never is, so that {@code ""} is the empty string. In other columns quotes
 * mean nothing and spaces around a value are ignored. Empty lines are skipped, except in a file of
 * one column, where each is a missing value.
 *
 * <p><b>Types.</b> A column whose type is not declared gets the first of int64, float64, bool, date
 * (ISO), timestamp (ISO, to microseconds, with {@code T} or a space, no zone) that fits every value
 * in the sample, else utf8. Integers beyond 64 bits make a text column, so that no digit is lost. A
 * value that does not fit the type is an error that names its line. Floats too large are infinite.
 *
 * @param path the file, folder or pattern, see {@link FileSource}
 * @param delimiter one ASCII character; {@code tab} may be written for a tab
 * @param header whether the first record names the columns; else they are column0, column1, …
 * @param types declared types by column name, see {@link dev.baton.engine.batch.Types}
 * @param nulls the texts that stand for a missing value
 * @param sampleRows how many rows are looked at to infer types, at least 1
 * @param splitBytes about how much of the file one worker reads at a time, 1 byte to 256 MiB; about
 *     1 MiB keeps a batch in the processor's cache
 * @param bad what becomes of rows that do not fit the columns: {@code fail}, {@code make-null},
 *     {@code skip} or {@code reject}, see {@link OnBad}
 */
public record CsvSource(
    Path path,
    String delimiter,
    boolean header,
    Map<String, String> types,
    List<String> nulls,
    int sampleRows,
    int splitBytes,
    OnBad bad)
    implements StreamSource {
  private static final int MOST_SPLIT_BYTES = 256 << 20;

  public CsvSource {
    delimiter = checkDelimiter(delimiter);
    types = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(types));
    FieldTable.checkTypes(types, "CSV");
    nulls = List.copyOf(nulls);
    if (sampleRows < 1) {
      throw new IllegalArgumentException("sampleRows must be at least 1 but was " + sampleRows);
    }
    if (splitBytes < 1 || splitBytes > MOST_SPLIT_BYTES) {
      throw new IllegalArgumentException(
          "splitBytes must be 1 to " + MOST_SPLIT_BYTES + " but was " + splitBytes);
    }
  }

  public CsvSource(Path path) {
    this(path, ",", true, Map.of(), List.of(""), 10_000, 1 << 20, new OnBad.Fail());
  }

  public CsvSource withTypes(Map<String, String> types) {
    return new CsvSource(path, delimiter, header, types, nulls, sampleRows, splitBytes, bad);
  }

  public CsvSource withNulls(String... nulls) {
    return new CsvSource(
        path, delimiter, header, types, List.of(nulls), sampleRows, splitBytes, bad);
  }

  public CsvSource withBad(OnBad policy) {
    return new CsvSource(path, delimiter, header, types, nulls, sampleRows, splitBytes, policy);
  }

  public CsvSource withSplitBytes(int bytes) {
    return new CsvSource(path, delimiter, header, types, nulls, sampleRows, bytes, bad);
  }

  @Override
  public OpenSource openFile(Path file, Schema expected) throws IOException {
    return OpenCsv.open(this, InputFile.of(file), expected);
  }

  @Override
  public OpenSource openStream(StreamedInput input, Schema expected) throws IOException {
    return OpenCsv.open(this, InputFile.of(input), expected);
  }

  static String checkDelimiter(String delimiter) {
    if (delimiter.equals("tab")) {
      return "\t";
    }
    if (delimiter.length() != 1
        || delimiter.charAt(0) >= 128
        || Character.isLetterOrDigit(delimiter.charAt(0))
        || "\"\r\n.+-".contains(delimiter)) {
      throw new IllegalArgumentException(
          "delimiter must be one ASCII character that is no part of a number, a name, a quote or"
              + " a line end, such as ',' or ';', or 'tab', but"
              + " was '"
              + delimiter
              + "'");
    }
    return delimiter;
  }
}
