package dev.baton.engine.spec.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Pipeline;
import dev.baton.engine.spec.Catalogue;
import dev.baton.engine.spec.Entry;
import dev.baton.engine.spec.Parameter;
import dev.baton.engine.spec.PipelineFile;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compiles operators as somebody else's project would, with nothing but Baton on the class path.
 */
class IndexProcessorTest {
  private static final String SCALE =
      """
      package com.example;
      import dev.baton.engine.operator.*;
      /**
       * Multiplies by {@code factor < 1}; see
       * {@link Columns#of(String...)}. Nulls stay null.
       *
       * <p>Second paragraph &amp; a list:
       * <ul>
       *   <li>one {@link java.util.List list}
       *   <li>two {@code @Override}
       * </ul>
       *
       * @param columns the columns
       *     to scale
       * @param factor by how much
       * @since 1
       */
      public record Scale(Columns columns, double factor) implements Transform {
        public Scale(Columns columns) { this(columns, 2); }
        @Override public BoundTransform bind(Binder binder) { return null; }
      }
      """;
  private static final String OTHERS =
      """
      package com.example;
      import dev.baton.engine.operator.*;
      import dev.baton.engine.source.*;
      public final class Others {
        public record ListSource(int rows) implements Source {
          @Override public OpenSource open() { return null; }
        }
        public record ListSink() implements Sink {
          @Override public OpenSink open(org.apache.arrow.vector.types.pojo.Schema s) { return null; }
          @Override public Encoder encoder(
              org.apache.arrow.vector.types.pojo.Schema s, KernelContext c) { return null; }
          @Override public Encoded receive(org.apache.arrow.memory.ArrowBuf b) { return null; }
        }
        public record NoOperator(int a) {}
        record Hidden() implements Source {
          @Override public OpenSource open() { return null; }
        }
        public static final class NoRecord implements Source {
          @Override public OpenSource open() { return null; }
        }
      }
      """;

  @TempDir Path folder;

  private void compile(boolean passes, String... sources) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<Path> files = new ArrayList<>();
    for (String source : sources) {
      String name = source.replaceFirst("(?s).*?public (?:final )?(?:class|record) (\\w+).*", "$1");
      files.add(Files.writeString(folder.resolve(name + ".java"), source));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      String path = System.getProperty("java.class.path") + File.pathSeparator + classes;
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              messages,
              manager,
              null,
              List.of("-d", classes.toString(), "-cp", path, "-parameters"),
              null,
              manager.getJavaFileObjectsFromPaths(files));
      task.setProcessors(List.of(new IndexProcessor()));
      assertEquals(passes, task.call(), messages::toString);
    }
  }

  private String index() throws IOException {
    return Files.readString(folder.resolve("classes").resolve(IndexFile.PATH));
  }

  @Test
  void theIndexHoldsTheJavadocOfEveryPublicRecord() throws IOException {
    compile(true, SCALE, OTHERS);
    assertEquals(
        """
        # Written by the compiler from the Javadoc of each record.
        sink com.example.Others$ListSink
        source com.example.Others$ListSource
        operator com.example.Scale
         Multiplies by `factor < 1`; see `Columns.of(String...)`. Nulls stay null.
        \s
         Second paragraph & a list:
         - one list
         - two `@Override`
        @columns
         the columns to scale
        @factor
         by how much
        """,
        index());
  }

  @Test
  void aForeignJarNeedsNothingButTheDependency() throws IOException {
    compile(true, SCALE, OTHERS);
    URL[] urls = {folder.resolve("classes").toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      Catalogue catalogue = Catalogue.load(loader);
      Entry scale = catalogue.entry(Kind.OPERATOR, "scale");
      assertEquals("Multiplies by `factor < 1`; see `Columns.of(String...)`.", scale.summary());
      assertEquals(
          List.of(
              new Parameter("columns", "columns", true, null, "the columns to scale"),
              new Parameter("factor", "number", false, "2.0", "by how much")),
          scale.parameters());
      String text = "source:\n  list: {rows: 3}\nsteps:\n  - scale: {columns: [a]}\nsink: list\n";
      Pipeline pipeline = PipelineFile.parse(text, Path.of("f.yaml"), catalogue).pipeline();
      assertEquals(
          "Pipeline[source=ListSource[rows=3], operators=[Scale[columns=[a], factor=2.0]],"
              + " sink=ListSink[]]",
          pipeline.toString());
    }
  }

  @Test
  void compilingOnlySomeFilesKeepsTheEntriesOfTheOthers() throws IOException {
    compile(true, SCALE, OTHERS);
    String before = index();
    compile(true, OTHERS);
    assertEquals(before, index());
  }

  @Test
  void whatIsGoneLeavesTheIndex() throws IOException {
    compile(true, SCALE, OTHERS);
    Files.delete(folder.resolve("classes/com/example/Scale.class"));
    compile(true, OTHERS.replace("public record ListSink", "record ListSink"));
    assertEquals(
        """
        # Written by the compiler from the Javadoc of each record.
        source com.example.Others$ListSource
        """,
        index());
  }

  @Test
  void aJarWithoutOperatorsHasNoIndex() throws IOException {
    compile(true, "package com.example; public class Plain {}");
    assertFalse(Files.exists(folder.resolve("classes").resolve(IndexFile.PATH)));
  }

  @Test
  void aFileThatIsNotJavaLeavesTheIndexAlone() throws IOException {
    compile(true, SCALE);
    String before = index();
    compile(false, OTHERS.replace("int rows", "int int rows"));
    assertEquals(before, index());
  }

  @Test
  void theCompilerFindsTheProcessorByItself() throws IOException {
    URL services =
        getClass().getResource("/META-INF/services/javax.annotation.processing.Processor");
    try (var stream = services.openStream()) {
      assertTrue(
          new String(stream.readAllBytes(), StandardCharsets.UTF_8)
              .contains(IndexProcessor.class.getName()));
    }
  }

  @Test
  void anIndexIsReadAsItWasWritten() {
    List<IndexEntry> entries =
        IndexFile.read("# comment\noperator a.B\n One.\n \n Two.\n@x\n of x\n@y\nsource a.C$D\n");
    assertEquals("One.\n\nTwo.", entries.get(0).doc());
    assertEquals("", entries.get(0).parameters().get("y"));
    assertEquals("a.C$D", entries.get(1).className());
    assertEquals(entries, IndexFile.read(IndexFile.write(entries)));
  }
}
