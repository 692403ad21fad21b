/** Several files as one source: folders, patterns, and what comes through standard input. */
package dev.baton.operators.io.files;
