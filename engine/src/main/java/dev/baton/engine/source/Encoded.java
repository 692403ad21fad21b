package dev.baton.engine.source;

import dev.baton.engine.batch.Outgoing;

/** One batch in written form, on its way from a worker to the commit. */
public interface Encoded extends Outgoing {}
