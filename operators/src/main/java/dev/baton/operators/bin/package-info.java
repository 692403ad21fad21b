/** Operators that cut numbers into intervals. */
package dev.baton.operators.bin;
