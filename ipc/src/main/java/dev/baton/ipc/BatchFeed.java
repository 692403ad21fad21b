package dev.baton.ipc;

import dev.baton.engine.RunCancelledException;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.BatchMessage;
import dev.baton.engine.metrics.Account;
import dev.baton.engine.metrics.Work;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.spi.PortableJob;
import dev.baton.engine.spi.WorkerScope;
import dev.baton.ipc.transport.Payload;
import java.io.IOException;

/**
 * Decodes splits here and sends their batches. It decodes ahead while the worker works on what it
 * has; what it finds wrong in a split is told when that split is due.
 */
final class BatchFeed extends Feed {
  private final PortableJob<?> job;
  private final WorkerScope scope;
  private final Decoder decoder;
  private int batch = -1;
  private RuntimeException failure;

  BatchFeed(PortableJob<?> job, WorkerScope scope) throws IOException {
    this.job = job;
    this.scope = scope;
    this.decoder = job.decoder(scope);
  }

  @Override
  boolean needsRoom() {
    return true;
  }

  @Override
  boolean hasNext() {
    return super.hasNext() && (failure == null || currentIsDue());
  }

  @Override
  void again() {
    super.again();
    batch = -1;
    failure = null;
  }

  @Override
  void sendNext(Sender sender) throws Exception {
    if (failure != null) {
      throw failure;
    }
    if (batch < 0) {
      sender.send(new Wire.Batches(current().sequence(), currentIsSuspect()), null);
    }
    Batch next = decode();
    if (next == null) {
      if (failure == null) {
        sender.send(new Wire.End(), null);
        currentIsSent();
        batch = -1;
      }
      return;
    }
    try (next;
        BatchMessage message = new BatchMessage(next)) {
      scope.waiting(
          Account.IPC,
          () -> {
            sender.send(new Wire.Batch(), Payload.of(message));
            return null;
          });
    }
  }

  /** The next batch of the split; null at its end and when it cannot be decoded. */
  private Batch decode() {
    scope.checkpoint();
    scope.clock().enter(Work.DECODE);
    boolean released = scope.enter(decoder.nature());
    try {
      if (++batch == 0) {
        decoder.start(current().split());
      }
      return decoder.next();
    } catch (RunCancelledException e) {
      throw e;
    } catch (Exception e) {
      failure = job.undecodable(current().sequence(), batch, e);
      return null;
    } finally {
      scope.leave(released);
      scope.leaveStage();
    }
  }

  @Override
  public void close() throws IOException {
    decoder.close();
  }
}
