package dev.baton.ipc.worker;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;

/**
 * Flags of this JVM a worker must share to compute the same bits: system properties, opened
 * packages, assertions, time zone and locale. Heap, collector, agents and debuggers are its own.
 */
final class ParentFlags {
  private static final List<String> TAKEN =
      List.of("-D", "--add-", "--enable-", "--sun-misc-", "-ea", "-esa", "-da", "-dsa");
  private static final List<String> LEFT =
      List.of(
          "-Dcom.sun.management.", // its port is taken
          "-Djdk.module.", // a worker has a class path only
          "--add-modules",
          "-Djava.class.path",
          "-Djava.security.manager");

  private ParentFlags() {}

  static List<String> inherited() {
    return from(ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  static List<String> from(List<String> arguments) {
    Set<String> flags = new LinkedHashSet<>();
    for (String argument : arguments) {
      if (startsWithAny(argument, TAKEN) && !startsWithAny(argument, LEFT)) {
        flags.add(argument);
      }
    }
    // As they are now: a program may have set them after it started.
    Locale locale = Locale.getDefault();
    List<String> all = new ArrayList<>(flags);
    all.add("-Duser.timezone=" + TimeZone.getDefault().getID());
    all.add("-Duser.language=" + locale.getLanguage());
    all.add("-Duser.country=" + locale.getCountry());
    return all;
  }

  private static boolean startsWithAny(String argument, List<String> prefixes) {
    for (String prefix : prefixes) {
      if (argument.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
