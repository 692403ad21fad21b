/** Operators that choose, share out or mix rows, by seeds. */
package dev.baton.operators.sample;
