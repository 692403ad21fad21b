/** Runs the work of an example in the Pythons of this machine. */
package dev.baton.cli.python;
