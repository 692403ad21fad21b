package dev.baton.examples.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.spec.PipelineFile;
import dev.baton.operators.io.csv.CsvSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelloTest {
  @TempDir private Path folder;

  @Test
  void javaAndYamlMakeTheSameFeatures() throws IOException {
    Path fromJava = folder.resolve("java.csv");
    Path fromYaml = folder.resolve("yaml.csv");
    Hello.main(new String[] {"data/penguins.csv", fromJava.toString()});
    Pipeline pipeline = PipelineFile.read(Path.of("hello/hello.yaml")).pipeline();
    try (Engine engine = Engine.open()) {
      RunReport report = engine.run(pipeline.write(new CsvSink(fromYaml)), RunOptions.defaults());
      assertEquals(344, report.rowsOut());
    }
    List<String> lines = Files.readAllLines(fromJava);
    assertEquals("body_mass_g,species_Adelie,species_Chinstrap,species_Gentoo", lines.get(0));
    assertEquals(lines, Files.readAllLines(fromYaml));
  }
}
