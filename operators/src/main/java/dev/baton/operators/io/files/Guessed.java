package dev.baton.operators.io.files;

import java.util.Set;

/** An open file some of whose columns have a type only because a column must have one. */
public interface Guessed {
  /** The columns in which no value was seen, so that any type would do. */
  Set<String> withoutValues();
}
