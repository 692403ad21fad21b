package dev.baton.cli.predict;

/**
 * One measured point.
 *
 * @param speedup how many times faster than one worker of the same kind
 */
public record Scaling(int workers, double speedup) {}
