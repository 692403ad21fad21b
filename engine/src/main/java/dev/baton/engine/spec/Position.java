package dev.baton.engine.spec;

/**
 * A place in a pipeline file.
 *
 * @param file the file as the user named it
 * @param line counts from 1
 * @param column counts from 1
 */
public record Position(String file, int line, int column) {
  /** For what was not read from a file. */
  static final Position NONE = new Position("", 0, 0);

  /** {@code file:line:column}, which terminals and IDEs turn into a link. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
