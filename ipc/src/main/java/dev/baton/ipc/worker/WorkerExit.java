package dev.baton.ipc.worker;

import java.util.List;
import java.util.Map;

/**
 * How a worker process ended.
 *
 * @param code its exit code; 128 + n after signal n
 * @param lastLines the last lines it printed, oldest first
 */
public record WorkerExit(int code, List<String> lastLines) {
  /** The code of a JVM that ran out of memory under {@code -XX:+ExitOnOutOfMemoryError}. */
  public static final int OUT_OF_MEMORY = 3;

  /** The code of a worker whose parent died. */
  public static final int PARENT_GONE = 71;

  /** The code of a worker that could not write to its parent: its disk is full, for example. */
  public static final int CUT_OFF = 74;

  private static final Map<Integer, String> SIGNALS =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(6, "SIGABRT"),
          Map.entry(7, "SIGBUS"),
          Map.entry(8, "SIGFPE"),
          Map.entry(9, "SIGKILL"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(15, "SIGTERM"));

  public WorkerExit {
    lastLines = List.copyOf(lastLines);
  }

  /** The name of the signal that ended it, or the empty string. */
  public String signal() {
    return code > 128
        ? SIGNALS.getOrDefault(code - 128, code <= 192 ? "signal " + (code - 128) : "")
        : "";
  }

  public boolean isOutOfMemory() {
    return code == OUT_OF_MEMORY;
  }

  /** Whether another worker would end the same way, whatever it works on. */
  public boolean isCutOff() {
    return code == CUT_OFF;
  }

  /** What happened, as the end of a sentence that begins with the worker. */
  @Override
  public String toString() {
    String signal = signal();
    return switch (code) {
      case 0 -> "ended normally (exit code 0)";
      case OUT_OF_MEMORY ->
          "ran out of Java heap (exit code 3); give workers more heap or use smaller batches";
      case PARENT_GONE -> "ended because its parent process did (exit code 71)";
      case CUT_OFF -> "could not write to its parent process (exit code 74)";
      case 128 + 9 -> "was killed by SIGKILL (kill -9, or the kernel's out-of-memory killer)";
      case 128 + 6 -> "crashed with SIGABRT (a fatal error of the JVM or of native code)";
      case 128 + 11 ->
          "crashed with SIGSEGV (native code read or wrote memory that is not its own)";
      case 128 + 7 -> "crashed with SIGBUS (a mapped file was cut short, or its disk is full)";
      default -> signal.isEmpty() ? "ended with exit code " + code : "was ended by " + signal;
    };
  }

  /** As {@link #toString}, with the last lines of output when there are any. */
  public String describe() {
    return lastLines.isEmpty()
        ? toString()
        : this + "; its last output:\n    " + String.join("\n    ", lastLines);
  }
}
