/** Says from measured runs how fast a pipeline would be with more workers and cores. */
package dev.baton.cli.predict;
