/** The {@code baton} command. Its options, exit codes and JSON are a contract: docs/cli.md. */
package dev.baton.cli;
