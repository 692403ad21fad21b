package dev.baton.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.spec.Catalogue;
import dev.baton.engine.spec.Entry;
import dev.baton.engine.spec.index.Kind;
import dev.baton.engine.testkit.OperatorContract;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * No operator is without the contract test of its name, which this module's build runs in worker
 * processes after its own tests.
 */
class EveryOperatorTest {
  private static List<Entry> operators() {
    return Catalogue.load().entries(Kind.OPERATOR).stream()
        .filter(entry -> entry.className().startsWith("dev.baton.operators."))
        .toList();
  }

  private static Class<?> test(Entry operator) {
    try {
      return Class.forName(operator.className() + "Test");
    } catch (ClassNotFoundException e) {
      throw new AssertionError(operator.name() + " has no contract test of its name", e);
    }
  }

  private static boolean declares(Class<?> test, String method) {
    return Arrays.stream(test.getDeclaredMethods()).anyMatch(m -> m.getName().equals(method));
  }

  /** What stands for several operators has no kernel of its own, and a test in their likeness. */
  private static boolean runsInProcesses(Class<?> test) {
    return OperatorContract.class.isAssignableFrom(test)
        || Arrays.stream(test.getDeclaredClasses()).anyMatch(EveryOperatorTest::runsInProcesses)
        || Arrays.stream(test.getDeclaredMethods())
            .map(method -> method.getAnnotation(Tag.class))
            .anyMatch(tag -> tag != null && tag.value().equals("worker-processes"));
  }

  @Test
  void everyOperatorIsTestedInEveryModeAndInWorkerProcesses() {
    List<String> forgotten =
        operators().stream().filter(o -> !runsInProcesses(test(o))).map(Entry::name).toList();
    assertEquals(List.of(), forgotten);
  }

  @Test
  void onlyFunctionsStayInTheirProcess() {
    List<String> home =
        operators().stream().filter(o -> declares(test(o), "travels")).map(Entry::name).toList();
    assertEquals(List.of("map-batches", "map-rows"), home);
  }
}
