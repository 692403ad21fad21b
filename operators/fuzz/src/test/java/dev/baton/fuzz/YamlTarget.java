package dev.baton.fuzz;

import dev.baton.engine.spec.Catalogue;
import dev.baton.engine.spec.PipelineFile;
import dev.baton.engine.spec.SpecException;
import dev.baton.operators.io.Tables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is read is written as text that reads as the same. */
final class YamlTarget implements Target {
  private static final Path FILE = Path.of("/pipelines/f.yaml");

  private final Catalogue catalogue = Catalogue.load();

  @Override
  public List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    try (Stream<Path> all = Files.walk(Tables.example(".."))) {
      List<Path> examples = all.filter(p -> p.toString().endsWith(".yaml")).sorted().toList();
      for (Path path : examples) {
        seeds.add(Files.readAllBytes(path));
      }
    }
    seeds.add("source: {csv: {path: a, nulls: [\"\", NA]}}\n".getBytes(StandardCharsets.UTF_8));
    return seeds;
  }

  @Override
  public int briefly() {
    return 10_000;
  }

  @Override
  public void accept(byte[] input) {
    PipelineFile read;
    try {
      read = PipelineFile.parse(new String(input, StandardCharsets.UTF_8), FILE, catalogue);
    } catch (SpecException e) {
      if (!e.getMessage().startsWith(FILE.toString())) {
        throw new AssertionError("an error without a place", e);
      }
      return;
    }
    String written = read.toYaml(FILE, catalogue);
    PipelineFile again = PipelineFile.parse(written, FILE, catalogue);
    // Equal as text, since some records hold what knows no equality, such as a compiled pattern.
    if (!again.toYaml(FILE, catalogue).equals(written)) {
      throw new AssertionError("written as another pipeline: " + written);
    }
  }
}
