package dev.baton.engine.lock;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Threads wait for each other's objects in a circle. Thrown in the thread that closes the circle,
 * instead of waiting for ever, so that it can let go of what it has; the message names every
 * thread, what it has and wants, where it stands, and the order that avoids it.
 */
public final class DeadlockException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int FRAMES = 8;

  /** Also the beginnings of the names of their lambdas. */
  private static final List<String> OWN =
      List.of(
          DeadlockException.class.getName(),
          WaitGraph.class.getName(),
          Guard.class.getName(),
          CriticalSections.class.getName());

  /** One thread of the circle: it waits for a lock that another has. */
  record Party(Thread thread, Guard wanted, Thread owner) {}

  DeadlockException(List<Party> circle) {
    super(describe(circle));
  }

  private static String describe(List<Party> circle) {
    String waits =
        circle.stream()
            .map(
                party ->
                    party.thread().getName()
                        + " waits for "
                        + party.wanted()
                        + ", which "
                        + party.owner().getName()
                        + " has")
            .collect(Collectors.joining("; "));
    String order =
        circle.stream()
            .map(Party::wanted)
            .sorted(Comparator.comparingLong(Guard::order))
            .map(Guard::toString)
            .collect(Collectors.joining(" before "));
    String stacks =
        circle.stream()
            .map(party -> "\n  " + party.thread().getName() + " stands at" + stack(party.thread()))
            .collect(Collectors.joining());
    return "deadlock: "
        + waits
        + "; take "
        + order
        + " in every thread, or take both at once by CriticalSections"
        + stacks;
  }

  /** Where a thread is outside of the locks themselves. */
  private static String stack(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .filter(
            frame ->
                !frame.getClassName().startsWith("java.")
                    && !frame.getClassName().startsWith("jdk.")
                    && OWN.stream().noneMatch(frame.getClassName()::startsWith))
        .limit(FRAMES)
        .map(frame -> "\n    " + place(frame))
        .collect(Collectors.joining());
  }

  /** Without the names of class loaders and modules. */
  private static String place(StackTraceElement frame) {
    return frame.getClassName()
        + "."
        + frame.getMethodName()
        + "("
        + frame.getFileName()
        + ":"
        + frame.getLineNumber()
        + ")";
  }
}
