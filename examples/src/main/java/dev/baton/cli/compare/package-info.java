/** Runs one pipeline in several ways, checks that the outputs are the same, and says how fast. */
package dev.baton.cli.compare;
