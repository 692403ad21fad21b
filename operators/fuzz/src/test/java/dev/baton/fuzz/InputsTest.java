package dev.baton.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every rule holds for what each target starts from, and for what broke one before. */
class InputsTest {
  @TestFactory
  List<DynamicContainer> rulesHold() {
    return Fuzz.TARGETS.keySet().stream()
        .map(name -> DynamicContainer.dynamicContainer(name, inputs(name).stream()))
        .toList();
  }

  private static List<DynamicTest> inputs(String name) {
    try {
      Target target = Fuzz.TARGETS.get(name).get();
      List<DynamicTest> tests = new ArrayList<>();
      for (byte[] seed : target.seeds()) {
        tests.add(DynamicTest.dynamicTest("seed " + tests.size(), () -> target.accept(seed)));
      }
      for (Path found : Inputs.of(name)) {
        byte[] input = Files.readAllBytes(found);
        tests.add(
            DynamicTest.dynamicTest(found.getFileName().toString(), () -> target.accept(input)));
      }
      return tests;
    } catch (Exception e) {
      throw new IllegalStateException(name, e);
    }
  }
}
