/** Rows that DuckDB makes, by SQL over its own databases and all files it can read. */
package dev.baton.operators.duckdb;
