package dev.baton.engine.spec;

/** How values of one Java type stand in a file. Stateless, so thread-safe. */
interface Form {
  /** What a user has to write, with an article: {@code a whole number}. */
  String expects();

  /**
   * The value a user wrote.
   *
   * @throws SpecException when it is none of this type
   */
  Object read(Yaml yaml, Context context);

  /**
   * What a user would write for this value, which is not null.
   *
   * @throws SpecException when no text stands for it
   */
  Yaml write(Object value, Context context);

  /** {@link #expects} without the article, for a table of parameters. */
  default String type() {
    return expects().replaceFirst("^an? ", "");
  }

  /** What to say when something of another kind was found. */
  default SpecException mismatch(Yaml yaml, Context context) {
    return context.error(yaml.at(), "expected " + expects() + " but was " + yaml.found());
  }
}
