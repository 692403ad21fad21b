/** Operators that move numbers to a common scale. */
package dev.baton.operators.scale;
