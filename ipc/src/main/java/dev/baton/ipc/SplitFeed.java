package dev.baton.ipc;

import dev.baton.engine.spi.PortableJob;

/** Sends descriptions of splits, which the worker decodes. */
final class SplitFeed extends Feed {
  private final PortableJob<?> job;

  SplitFeed(PortableJob<?> job) {
    this.job = job;
  }

  @Override
  boolean needsRoom() {
    return false;
  }

  @Override
  void sendNext(Sender sender) throws Exception {
    Given next = current();
    sender.send(
        new Wire.Split(next.sequence(), currentIsSuspect(), job.describe(next.split())), null);
    currentIsSent();
  }
}
