/** Operators that ask the outside world about each row. */
package dev.baton.operators.fetch;
