package dev.baton.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;

/**
 * Where a command writes to: results to {@code out}, everything about the way there to {@code err}.
 *
 * @param interactive whether a person watches {@code err}
 */
record Terminal(PrintWriter out, PrintWriter err, boolean interactive) {
  /** The terminal of this process. */
  static Terminal system() {
    // Java cannot tell whether standard error alone is a terminal; the launcher can.
    boolean interactive = Boolean.getBoolean("baton.terminal");
    return new Terminal(
        new PrintWriter(System.out, true, charset("stdout.encoding")),
        new PrintWriter(System.err, true, charset("stderr.encoding")),
        interactive);
  }

  /** For commands whose output is data on standard output: all they say goes to {@code err}. */
  Terminal aside() {
    return new Terminal(err, err, interactive);
  }

  /** JDK 17 does not say what a terminal understands; it shows what the platform writes. */
  private static Charset charset(String property) {
    String name = System.getProperty(property, System.getProperty("native.encoding"));
    return name == null ? Charset.defaultCharset() : Charset.forName(name);
  }
}
