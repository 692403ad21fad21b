package dev.baton.fuzz;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What Jazzer calls: it hands every input to the target that its first argument names. */
public final class Fuzz {
  static final Map<String, Supplier<Target>> TARGETS =
      new TreeMap<>(
          Map.of(
              "arrow", ArrowTarget::new,
              "csv", CsvTarget::new,
              "expression", ExpressionTarget::new,
              "idx", IdxTarget::new,
              "json", JsonTarget::new,
              "model", ModelTarget::new,
              "packed", PackedTarget::new,
              "parquet", ParquetTarget::new,
              "text", TextTarget::new,
              "yaml", YamlTarget::new));

  private static Target target;

  private Fuzz() {}

  public static void fuzzerInitialize(String[] arguments) {
    target = TARGETS.get(arguments[0]).get();
  }

  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    target.accept(input);
  }
}
