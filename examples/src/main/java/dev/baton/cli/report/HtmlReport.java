package dev.baton.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the page: the words are in it as HTML, the figures as JSON, and the script in it draws the
 * charts when it is opened. Nothing is loaded from elsewhere, which the page itself forbids.
 */
public final class HtmlReport {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)\\}\\}");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private HtmlReport() {}

  /**
   * The words of a page.
   *
   * @param kind what made it
   * @param subject what was looked at
   * @param machine on what
   * @param headline the answer in a sentence
   * @param reasons more sentences
   * @param script the file that draws the charts
   */
  public record Page(
      String kind,
      String subject,
      String machine,
      String headline,
      String reasons,
      String script) {}

  /**
   * The whole page.
   *
   * @param data what the charts show, as the page's script reads it
   */
  public static String of(Page page, Map<String, ?> data) {
    Map<String, String> parts =
        Map.of(
            "title", escape(page.subject() + ": " + page.headline()),
            "kind", escape(page.kind()),
            "subject", escape(page.subject()),
            "machine", escape(page.machine()),
            "headline", escape(page.headline()),
            "reasons", escape(page.reasons()),
            "css", resource("report.css"),
            "plot", resource("plot.min.js"),
            "script", resource("page.js") + resource(page.script()),
            "data", json(data));
    // In one go, so that what is put in is never looked at again.
    return PLACE
        .matcher(resource("report.html"))
        .replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
  }

  /** Text as HTML shows it. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** JSON in which no text can end the script element that it lies in. */
  static String json(Map<String, ?> data) {
    try {
      return MAPPER.writeValueAsString(data).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
