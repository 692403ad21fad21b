package dev.baton.examples.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the README shows is code that is compiled and tested, and files that are there. */
class ReadmeTest {
  private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([\\w./-]+)[)#]");

  @Test
  void javaIsThatOfTheExamples() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (String source :
        new String[] {
          "hello/Hello.java",
          "serving/Serving.java",
          "src/test/java/dev/baton/examples/readme/Halve.java",
          "src/test/java/dev/baton/examples/readme/HalveTest.java"
        }) {
      sources.append(plain(Files.readString(Path.of(source)))).append('\n');
    }
    List<String> blocks = new ArrayList<>();
    Matcher java = JAVA.matcher(Files.readString(REPOSITORY.resolve("README.md")));
    while (java.find()) {
      blocks.add(plain(java.group(1)));
    }
    assertEquals(5, blocks.size());
    for (String block : blocks) {
      assertTrue(sources.indexOf(block) >= 0, () -> "not in the sources:\n" + block);
    }
  }

  /** Without indentation, which the README leaves out. */
  private static String plain(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining("\n"));
  }

  @Test
  void linksLeadToFiles() throws IOException {
    List<String> files = new ArrayList<>(List.of("README.md"));
    for (String name : new String[] {"cli.md", "dependencies.md"}) {
      files.add("docs/" + name);
    }
    int links = 0;
    for (String file : files) {
      Path page = REPOSITORY.resolve(file);
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        Path target = page.resolveSibling(link.group(1));
        assertTrue(Files.exists(target), () -> file + " links to " + link.group(1));
        links++;
      }
    }
    assertTrue(links > 10, "found only " + links + " links");
  }
}
