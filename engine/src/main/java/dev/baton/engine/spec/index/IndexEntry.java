package dev.baton.engine.spec.index;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One record in the index.
 *
 * @param kind what it is
 * @param className its binary name, such as {@code com.example.Outer$Inner}
 * @param doc its Javadoc as plain text, without the tags; paragraphs are separated by empty lines
 * @param parameters the {@code @param} text of its components, by component name
 */
public record IndexEntry(Kind kind, String className, String doc, Map<String, String> parameters) {
  public IndexEntry {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }
}
