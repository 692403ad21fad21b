/**
 * Operators that combine rows: with those before and after them, with those of their group, or with
 * a table.
 */
package dev.baton.operators.combine;
