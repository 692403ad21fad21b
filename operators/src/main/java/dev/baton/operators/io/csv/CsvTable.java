package dev.baton.operators.io.csv;

import dev.baton.engine.source.SourceException;
import java.io.IOException;
import java.util.List;

/** A file with its columns and null tokens. Immutable. */
record CsvTable(CsvFile file, List<CsvColumn> columns, NullTokens nulls) {
  CsvTable {
    columns = List.copyOf(columns);
  }

  /** Says where in the file a field is that was found wrong in text from {@code start}. */
  static SourceException locate(BadField e, CsvFile file, List<String> names, long start) {
    try {
      String column = e.column < 0 ? "" : ", column '" + names.get(e.column) + "'";
      return new SourceException(file.place(start + e.offset) + column + ": " + e.getMessage());
    } catch (IOException unreadable) {
      return new SourceException(
          file.path() + ", byte " + (start + e.offset) + ": " + e.getMessage(), unreadable);
    }
  }
}
