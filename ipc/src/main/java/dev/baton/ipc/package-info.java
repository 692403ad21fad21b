/**
 * The room of worker processes: the only module that may depend on Chronicle Queue, and one that
 * knows the engine but no operator.
 */
package dev.baton.ipc;
