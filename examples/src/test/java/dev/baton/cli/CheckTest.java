package dev.baton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckTest {
  private static final long GIB = 1L << 30;
  private static final Facts.Folder GOOD = new Facts.Folder(Path.of("/tmp"), true, 50 * GIB);

  private static Facts facts(
      int version, List<String> flags, int cores, long free, Facts.Folder folder) {
    return new Facts(
        version, "some", flags, List.of("-a", "-b"), cores, 8 * GIB, free, GOOD, folder);
  }

  private static Check check(Facts facts, String subject) {
    return Check.all(facts).stream()
        .filter(check -> check.subject().equals(subject))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aGoodMachineHasNoProblem() {
    Facts facts = facts(17, List.of("-b", "-Xmx1g", "-a"), 2, 4 * GIB, GOOD);
    for (Check check : Check.all(facts)) {
      assertNull(check.fix(), check.toString());
      assertEquals("ok", check.word());
    }
  }

  @Test
  void everyProblemComesWithItsFix() {
    Facts.Folder full = new Facts.Folder(Path.of("/data"), true, 1000);
    Facts facts = facts(11, List.of("-b"), 1, 1000, full);
    assertEquals("install JDK 17 or later and set JAVA_HOME to it", check(facts, "Java").fix());
    assertEquals("1 of 2 are missing", check(facts, "JVM flags").finding());
    assertEquals("start with ./baton, or add -a", check(facts, "JVM flags").fix());
    assertEquals(
        "give the container more than one core, else threads cannot be faster than inline",
        check(facts, "cores").fix());
    assertEquals(
        "end other programs or raise the container's limit until 1 GiB is free",
        check(facts, "memory").fix());
    assertEquals("/data, 1000 B free", check(facts, "this folder").finding());
    assertEquals(
        "free at least 1 GiB there, or change to another folder, or use --out",
        check(facts, "this folder").fix());
  }

  @Test
  void aFolderThatCannotBeWrittenIsAProblem() {
    Facts.Folder locked = new Facts.Folder(Path.of("/data"), false, 50 * GIB);
    Check check = check(facts(17, List.of("-a", "-b"), 2, GIB, locked), "this folder");
    assertEquals("problem", check.word());
    assertEquals("/data cannot be written", check.finding());
  }
}
