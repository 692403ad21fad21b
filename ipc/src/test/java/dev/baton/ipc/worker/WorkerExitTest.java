package dev.baton.ipc.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerExitTest {
  @ParameterizedTest
  @CsvSource({
    "0, '', ended normally",
    "1, '', ended with exit code 1",
    "3, '', ran out of Java heap",
    "71, '', ended because its parent",
    "134, SIGABRT, crashed with SIGABRT",
    "135, SIGBUS, crashed with SIGBUS",
    "137, SIGKILL, was killed by SIGKILL",
    "139, SIGSEGV, crashed with SIGSEGV",
    "143, SIGTERM, was ended by SIGTERM",
    "162, signal 34, was ended by signal 34",
    "255, '', ended with exit code 255"
  })
  void aCodeHasAMeaning(int code, String signal, String start) {
    WorkerExit exit = new WorkerExit(code, List.of());
    assertEquals(signal, exit.signal());
    assertTrue(exit.toString().startsWith(start), exit.toString());
    assertEquals(exit.toString(), exit.describe());
  }
}
