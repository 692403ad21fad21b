/** Operators that choose, drop, rename and convert columns. */
package dev.baton.operators.select;
