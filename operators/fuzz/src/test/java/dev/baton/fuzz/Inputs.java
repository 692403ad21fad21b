package dev.baton.fuzz;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Inputs that once broke a rule, in {@code src/test/resources/inputs/TARGET}. */
final class Inputs {
  private Inputs() {}

  static List<Path> of(String target) throws IOException {
    URL folder = Inputs.class.getResource("/inputs/" + target);
    if (folder == null) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(Path.of(folder.toURI()))) {
      return all.sorted().toList();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
