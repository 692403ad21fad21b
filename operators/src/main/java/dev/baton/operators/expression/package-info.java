/**
 * The expression language and the two operators on it, {@link
 * dev.baton.operators.expression.Filter} and {@link dev.baton.operators.expression.Derive}.
 *
 * <p>{@link dev.baton.operators.expression.Expression#parse} makes a tree, {@code Compiler} gives
 * it types and makes {@code Node}s of it, and {@code Program} runs those over a batch in blocks of
 * {@code Block.ROWS} rows.
 */
package dev.baton.operators.expression;
