package dev.baton.operators.expression;

import dev.baton.engine.batch.Batch;

/**
 * The rows an expression is computed for at a time: few enough that the intermediate results of a
 * whole expression stay in the processor's cache, and whatever the size of the batch, scratch
 * memory is allocated once.
 */
final class Block {
  /** A multiple of 64, so that blocks start at a word of a bitmap. */
  static final int ROWS = 1024;

  static final int WORDS = ROWS / 64;

  final Batch batch;

  /** The first row of the block in its batch, a multiple of {@link #ROWS}. */
  int first;

  /** Rows in the block, at least 1. */
  int rows;

  /** Words of a bitmap over {@link #rows}. */
  int words;

  Block(Batch batch) {
    this.batch = batch;
  }

  void moveTo(int row) {
    first = row;
    rows = Math.min(ROWS, batch.rows() - row);
    words = (rows + 63) >>> 6;
  }
}
