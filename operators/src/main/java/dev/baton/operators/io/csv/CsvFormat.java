package dev.baton.operators.io.csv;

import dev.baton.engine.batch.Memory;
import dev.baton.operators.io.fields.FieldColumn;
import dev.baton.operators.io.fields.FieldFormat;
import dev.baton.operators.io.fields.Fields;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Fields of CSV: an escaped one contains doubled quotes. */
final class CsvFormat implements FieldFormat {
  static final CsvFormat INSTANCE = new CsvFormat();

  private CsvFormat() {}

  @Override
  public long unescape(long from, long end, long to) {
    while (from < end) {
      byte b = Memory.getByte(from);
      Memory.putByte(to++, b);
      from += b == '"' ? 2 : 1;
    }
    return to;
  }

  @Override
  public String remedy(FieldColumn column, String value) {
    if (value.isEmpty()) {
      return "add '' to 'nulls' to read it as missing, or declare the column as utf8 in 'types'";
    }
    return column.declared()
        ? "correct the value, add it to 'nulls', or declare the column as utf8 in 'types'"
        : "the type was inferred from a sample: declare the column as utf8 in 'types', or raise"
            + " 'sampleRows'";
  }

  /** The value of a field, or null when it is not UTF-8. */
  static String decode(long base, long field) {
    byte[] raw = new byte[Fields.length(field)];
    Memory.copyToArray(base + Fields.start(field), raw, 0, raw.length);
    int kept = 0;
    for (int i = 0; i < raw.length; i++) {
      raw[kept++] = raw[i];
      i += Fields.escaped(field) && raw[i] == '"' ? 1 : 0;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Arrays.copyOf(raw, kept)))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
