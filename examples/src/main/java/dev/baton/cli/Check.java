package dev.baton.cli;

import java.util.List;

/**
 * One thing that doctor checked.
 *
 * @param fix what to do, or null when all is well
 */
record Check(String subject, String finding, String fix) {
  private static final long GIB = 1L << 30;

  String word() {
    return fix == null ? "ok" : "problem";
  }

  static List<Check> all(Facts facts) {
    return List.of(
        java(facts),
        flags(facts),
        cores(facts),
        memory(facts),
        disk("temporary files", facts.temporary(), "set -Djava.io.tmpdir or TMPDIR"),
        disk("this folder", facts.working(), "change to another folder, or use --out"));
  }

  private static Check java(Facts facts) {
    boolean good = facts.javaVersion() >= 17;
    return new Check(
        "Java", facts.java(), good ? null : "install JDK 17 or later and set JAVA_HOME to it");
  }

  private static Check flags(Facts facts) {
    List<String> missing =
        facts.neededFlags().stream().filter(flag -> !facts.flags().contains(flag)).toList();
    return missing.isEmpty()
        ? new Check("JVM flags", "all " + facts.neededFlags().size() + " are set", null)
        : new Check(
            "JVM flags",
            missing.size() + " of " + facts.neededFlags().size() + " are missing",
            "start with ./baton, or add " + String.join(" ", missing));
  }

  private static Check cores(Facts facts) {
    String finding = String.valueOf(facts.cores());
    return facts.cores() > 1
        ? new Check("cores", finding, null)
        : new Check(
            "cores",
            finding,
            "give the container more than one core, else threads cannot be faster than inline");
  }

  private static Check memory(Facts facts) {
    String finding = Human.bytes(facts.freeMemory()) + " free of " + Human.bytes(facts.memory());
    return new Check(
        "memory",
        finding,
        facts.freeMemory() >= GIB
            ? null
            : "end other programs or raise the container's limit until 1 GiB is free");
  }

  private static Check disk(String subject, Facts.Folder folder, String otherwise) {
    if (!folder.writable()) {
      return new Check(
          subject, folder.path() + " cannot be written", "chmod u+w it, or " + otherwise);
    }
    if (folder.free() < 0) {
      return new Check(subject, folder.path() + ", free space unknown", null);
    }
    return new Check(
        subject,
        folder.path() + ", " + Human.bytes(folder.free()) + " free",
        folder.free() >= GIB ? null : "free at least 1 GiB there, or " + otherwise);
  }
}
