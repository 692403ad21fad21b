/** Tables of databases as sources and sinks, over JDBC. */
package dev.baton.operators.io.jdbc;
