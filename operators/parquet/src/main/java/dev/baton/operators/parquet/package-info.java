/** Parquet files, without Hadoop: read into and written from Arrow columns. */
package dev.baton.operators.parquet;
