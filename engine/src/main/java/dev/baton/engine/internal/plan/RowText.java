package dev.baton.engine.internal.plan;

import dev.baton.engine.batch.Batch;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.arrow.vector.FieldVector;

/** A row of a batch as a line of JSON, for people to read. */
final class RowText {
  private RowText() {}

  /** Each byte of its UTF-8 is a character of ISO 8859-1, as in a finding. */
  static String of(Batch batch, int row) {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < batch.width(); i++) {
      FieldVector column = batch.column(i);
      text.append(i == 0 ? "" : ", ");
      quote(text, column.getName());
      text.append(": ");
      Object value = column.getObject(row);
      if (value == null || value instanceof Number || value instanceof Boolean) {
        text.append(value);
      } else {
        quote(
            text,
            value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString());
      }
    }
    byte[] utf8 = text.append('}').toString().getBytes(StandardCharsets.UTF_8);
    return new String(utf8, StandardCharsets.ISO_8859_1);
  }

  private static void quote(StringBuilder text, String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
