/** Operators that put others together. */
package dev.baton.operators.compose;
