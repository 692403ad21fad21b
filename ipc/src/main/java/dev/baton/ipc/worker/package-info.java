/**
 * The life of worker processes, whatever they are told to do: how a worker JVM is started, how its
 * end is noticed and explained, how it ends when its parent does, and where its files live. Knows
 * neither pipelines nor the transport.
 */
package dev.baton.ipc.worker;
