package dev.baton.engine.operator;

import dev.baton.engine.source.OnBad;

/**
 * A transform whose user has said what becomes of rows that it cannot take, those for which its
 * kernel throws a {@link ValueException} that names a row. What it makes of a row depends on that
 * row alone. It {@link Binder#changesRows changes rows} where they are left out.
 */
public interface Tolerant extends Transform {
  /** What becomes of them. */
  OnBad bad();
}
