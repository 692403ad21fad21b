/**
 * Moves messages between a parent and one worker process.
 *
 * <pre>
 *   parent                                                     worker
 *   Endpoint ── send ──▶ to-worker/    (Chronicle queue)  ──▶ poll, take ── Endpoint
 *                  └───▶ to-worker.slab (K payload slots) ──▶ read in place
 *   Endpoint ◀─ poll ─── from-worker/, from-worker.slab   ◀── send
 * </pre>
 *
 * <p>A directory of mode 0700 holds it all. Each queue has one writer. A message is a small header
 * plus an optional payload; the payload lies in a slot of a shared, pre-faulted file ({@code SLAB})
 * or in the queue document itself ({@code QUEUE}), is written there once and read there. A payload
 * in flight holds one of K credits until the receiver lets go of it; the credit then returns
 * through the opposite queue. That bounds memory and disk whatever passes through.
 *
 * <p>Start reading at {@link dev.baton.ipc.transport.Endpoint}.
 */
package dev.baton.ipc.transport;
