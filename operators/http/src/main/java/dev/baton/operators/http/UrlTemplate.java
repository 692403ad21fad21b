package dev.baton.operators.http;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Binder;
import dev.baton.operators.internal.Cells;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL with names of columns in braces, in whose place the row's values come, percent-encoded.
 *
 * @param texts what stands before, between and behind the columns
 */
record UrlTemplate(List<String> texts, List<String> columns) {
  private static final Pattern COLUMN = Pattern.compile("\\{([^{}]+)}");

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException when it is no URL of a web server
   */
  static UrlTemplate parse(String text) {
    List<String> texts = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    Matcher matcher = COLUMN.matcher(text);
    int end = 0;
    while (matcher.find()) {
      texts.add(text.substring(end, matcher.start()));
      columns.add(matcher.group(1));
      end = matcher.end();
    }
    texts.add(text.substring(end));
    UrlTemplate template = new UrlTemplate(texts, columns);
    template.check(text);
    return template;
  }

  private void check(String text) {
    URI example;
    try {
      example = URI.create(String.join("x", texts));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("url '" + text + "' is not a URL: " + e.getMessage(), e);
    }
    if (!"http".equals(example.getScheme()) && !"https".equals(example.getScheme())) {
      throw new IllegalArgumentException(
          "url must begin with http:// or https:// but was '" + text + "'");
    }
    if (example.getHost() == null) {
      throw new IllegalArgumentException("url '" + text + "' names no host");
    }
  }

  /** The columns, checked. */
  void bind(Binder binder) {
    for (String column : columns) {
      binder.read(column, Cells.accepted());
    }
  }

  /** The URL of a row, or null when one of its values is null. */
  URI of(Batch batch, int row) {
    StringBuilder url = new StringBuilder(texts.get(0));
    for (int i = 0; i < columns.size(); i++) {
      Object value = Cells.get(batch, columns.get(i), row);
      if (value == null) {
        return null;
      }
      // Encoded as a form does it, but for spaces, which a path has no other name for.
      url.append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8).replace("+", "%20"));
      url.append(texts.get(i + 1));
    }
    return URI.create(url.toString());
  }
}
