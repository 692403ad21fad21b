package dev.baton.ipc.worker;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The worker's side: its life hangs on that of its parent. */
public final class WorkerLife {
  /** The system property with the pid of the parent. */
  static final String PARENT = "baton.ipc.parent";

  private WorkerLife() {}

  /**
   * To be called first thing in a worker's main. From then on the process ends, without shutdown
   * hooks, as soon as its parent has died. Standard input belongs to this watch: code in the worker
   * that reads it finds its end. What it prints goes to the parent's listener; the protocol uses
   * neither.
   */
  public static void begin() {
    InputStream fromParent = System.in;
    System.setIn(InputStream.nullInputStream());
    watch("baton-parent-pipe", () -> awaitEnd(fromParent));
    // Should another process hold the pipe open: a child the parent started by other means.
    String parent = System.getProperty(PARENT);
    if (parent != null) {
      Optional<ProcessHandle> handle = ProcessHandle.of(Long.parseLong(parent));
      if (handle.isEmpty()) {
        halt();
      }
      watch("baton-parent-exit", () -> handle.get().onExit().join());
    }
  }

  private static void watch(String name, Runnable untilParentEnds) {
    Thread thread =
        new Thread(
            () -> {
              untilParentEnds.run();
              halt();
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void awaitEnd(InputStream fromParent) {
    try {
      while (fromParent.read() >= 0) {
        // Nothing is ever said here.
      }
    } catch (IOException e) {
      // A broken pipe says the same as its end.
    }
  }

  // Not exit: a hook could wait for the parent.
  private static void halt() {
    Runtime.getRuntime().halt(WorkerExit.PARENT_GONE);
  }
}
