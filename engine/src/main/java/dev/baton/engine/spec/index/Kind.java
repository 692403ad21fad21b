package dev.baton.engine.spec.index;

import java.util.Locale;

/** What a record can be in a pipeline. */
public enum Kind {
  OPERATOR("dev.baton.engine.operator.Operator", ""),
  SOURCE("dev.baton.engine.source.Source", "Source"),
  SINK("dev.baton.engine.source.Sink", "Sink");

  private final String interfaceName;
  private final String suffix;

  Kind(String interfaceName, String suffix) {
    this.interfaceName = interfaceName;
    this.suffix = suffix;
  }

  /** The interface that such a record implements. A name, for the compiler has no classes yet. */
  public String interfaceName() {
    return interfaceName;
  }

  /** What the names of such records may end in without it being part of their name in a file. */
  public String suffix() {
    return suffix;
  }

  /** As it is written in the index and in messages. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
