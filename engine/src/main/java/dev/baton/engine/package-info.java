/** Pipelines and the engine that runs them: what an embedding program sees. */
package dev.baton.engine;
