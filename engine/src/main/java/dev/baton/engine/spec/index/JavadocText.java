package dev.baton.engine.spec.index;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Javadoc comment as plain text that reads well in a terminal and in Markdown: code in backticks,
 * one line for each paragraph and list item, no other markup.
 *
 * @param body the text before the block tags
 * @param parameters the text of each {@code @param} tag by name, but for type parameters
 */
record JavadocText(String body, Map<String, String> parameters) {
  private static final Pattern BLOCK_TAG = Pattern.compile("(?m)^\\s*@(?=[a-zA-Z])");
  private static final Pattern PARAM = Pattern.compile("(?s)param\\s+(\\w+)\\s+(.*)");
  private static final Pattern CODE = Pattern.compile("\\{@code\\s+((?:[^{}]|\\{[^{}]*})*)}");
  private static final Pattern LITERAL = Pattern.compile("\\{@literal\\s+([^{}]*)}");
  private static final Pattern LINK =
      Pattern.compile("\\{@link(?:plain)?\\s+([^\\s{}(]+(?:\\([^)]*\\))?)(?:\\s+([^{}]*))?}");
  private static final Pattern OTHER_INLINE_TAG = Pattern.compile("\\{@\\w+\\s*([^{}]*)}");
  private static final Pattern PARAGRAPH =
      Pattern.compile("(?i)\\s*(?:</?(?:p|ul|ol|pre|blockquote|h\\d)>\\s*|\n\\s*\n\\s*)+");
  private static final Pattern ITEM = Pattern.compile("(?i)\\s*<li>\\s*");
  private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^<>]*>");

  // Stand for what must survive the joining of lines.
  private static final String PARAGRAPH_MARK = "\u0001";
  private static final String ITEM_MARK = "\u0002";

  /** Reads a comment as the compiler hands it over; null means there is none. */
  static JavadocText parse(String comment) {
    if (comment == null) {
      return new JavadocText("", Map.of());
    }
    String[] blocks = BLOCK_TAG.split(comment.replace("\r\n", "\n"));
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 1; i < blocks.length; i++) {
      Matcher param = PARAM.matcher(blocks[i]);
      if (param.matches()) {
        parameters.put(param.group(1), plain(param.group(2)));
      }
    }
    return new JavadocText(plain(blocks[0]), parameters);
  }

  private static String plain(String text) {
    String plain = CODE.matcher(text).replaceAll(m -> quoted("`" + m.group(1) + "`"));
    plain = LITERAL.matcher(plain).replaceAll(m -> quoted(m.group(1)));
    plain = LINK.matcher(plain).replaceAll(m -> quoted(label(m.group(1), m.group(2))));
    plain = OTHER_INLINE_TAG.matcher(plain).replaceAll(m -> quoted(m.group(1)));
    plain = PARAGRAPH.matcher(plain).replaceAll(PARAGRAPH_MARK);
    plain = ITEM.matcher(plain).replaceAll(ITEM_MARK);
    plain = TAG.matcher(plain).replaceAll("");
    plain = plain.strip().replaceAll("\\s*\n\\s*", " ");
    plain = plain.replaceAll("[\u0001\u0002 ]*" + ITEM_MARK, "\n- ");
    plain = plain.replaceAll(PARAGRAPH_MARK, "\n\n");
    return entities(plain).strip();
  }

  /** Protects what comes out of a tag: markup in it is text, and so are {@code $} and backslash. */
  private static String quoted(String text) {
    return Matcher.quoteReplacement(text.replace("<", "&lt;").replace(">", "&gt;"));
  }

  private static String label(String target, String label) {
    if (label != null && !label.isBlank()) {
      return label;
    }
    String name = target.substring(target.lastIndexOf('.', end(target)) + 1);
    return "`" + (name.startsWith("#") ? name.substring(1) : name.replace('#', '.')) + "`";
  }

  /** Where the class name in a link target ends. */
  private static int end(String target) {
    int hash = target.indexOf('#');
    return hash < 0 ? target.length() : hash;
  }

  private static String entities(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#64;", "@")
        .replace("&nbsp;", " ")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }
}
