package dev.baton.ipc;

import dev.baton.engine.source.Split;
import dev.baton.ipc.transport.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The splits a worker has been given and has not done, and how much of them it has been sent. */
abstract class Feed implements AutoCloseable {
  /** Sends the worker a message. */
  interface Sender {
    void send(Wire said, Payload payload) throws IOException, InterruptedException;
  }

  /** A split and its place among all splits. */
  record Given(Split split, long sequence) {}

  private final List<Given> given = new ArrayList<>();
  private int sent;
  private final Set<Long> suspects = new HashSet<>();
  private final TreeSet<Long> stops = new TreeSet<>();

  void add(Split split, long sequence) {
    given.add(new Given(split, sequence));
  }

  boolean isEmpty() {
    return given.isEmpty();
  }

  boolean holds(long sequence) {
    return given.stream().anyMatch(each -> each.sequence() == sequence);
  }

  /** The split that is due. */
  Split first() {
    return given.get(0).split();
  }

  /** Forgets the split that is due: it is done. */
  void removeFirst() {
    long done = given.remove(0).sequence();
    stops.remove(done);
    suspects.remove(done);
    if (sent > 0) {
      sent--;
    }
  }

  /** Starts over: what was sent is lost. */
  void again() {
    sent = 0;
  }

  /** Sends nothing of that split or a later one until it is removed. */
  void stopBefore(long sequence) {
    stops.add(sequence);
  }

  /** Says that a worker died over that split: the next one is to send its results one by one. */
  void suspect(long sequence) {
    suspects.add(sequence);
  }

  final boolean currentIsSuspect() {
    return suspects.contains(current().sequence());
  }

  /** Whether there is anything to send now. */
  boolean hasNext() {
    return sent < given.size() && (stops.isEmpty() || current().sequence() < stops.first());
  }

  /** How many splits the worker has been wholly sent and has not ended. */
  final int splitsSent() {
    return sent;
  }

  /** The first split that is not wholly sent. */
  final Given current() {
    return given.get(sent);
  }

  final boolean currentIsDue() {
    return sent == 0;
  }

  /** Says that {@link #current} is wholly sent. */
  final void currentIsSent() {
    sent++;
  }

  /** Whether what is next needs a slot. */
  abstract boolean needsRoom();

  /** Sends a message. */
  abstract void sendNext(Sender sender) throws Exception;

  @Override
  public void close() throws IOException {}
}
