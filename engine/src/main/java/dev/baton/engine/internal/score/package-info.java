/** Scoring single rows with the kernels of bulk runs: see {@link dev.baton.engine.Scorer}. */
package dev.baton.engine.internal.score;
