/** Chooses how to run a pipeline by measuring its first splits. */
package dev.baton.cli.auto;
