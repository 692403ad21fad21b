package dev.baton.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.JvmFlags;
import dev.baton.engine.testkit.Jvm;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An operator in a jar that Baton knows nothing of: on the class path and named by one line of a
 * file, it runs in every mode.
 */
@Tag("process")
@Timeout(300)
class OwnOperatorTest {
  private static final String TWICE =
      """
      package com.example;
      import dev.baton.engine.batch.*;
      import dev.baton.engine.operator.*;
      /** Doubles numbers. */
      public record Twice(Columns columns) implements Transform {
        @Override public BoundTransform bind(Binder binder) {
          var names = binder.read(columns, TypeFamily.NUMERIC).stream().map(f -> f.getName()).toList();
          names.forEach(name -> binder.put(Types.field(name, Types.FLOAT64)));
          return binder.transform(context -> batch -> {
            for (String name : names) {
              long x = Vectors.data(Vectors.writableDoubles(batch, name, context.allocator()));
              for (int row = 0; row < batch.rows(); row++) {
                Memory.putDouble(x + 8L * row, 2 * Memory.getDouble(x + 8L * row));
              }
            }
          });
        }
      }
      """;

  private static final String CLASS_PATH = Jvm.classPath();

  @TempDir Path folder;

  @Test
  void anOperatorFromAnotherJarRunsInEveryModeByOneLine() throws Exception {
    Path jar = jar(compile());
    Files.writeString(folder.resolve("in.csv"), "x,name\n1.5,a\n,b\n-4,c\n");
    Path file = folder.resolve("own.yaml");
    for (String name : new String[] {"twice", "com.example.Twice"}) {
      Files.writeString(
          file,
          "source: {csv: {path: in.csv}, repeat: 40}\nsteps:\n  - %s: {columns: [x]}\n"
              .formatted(name));
      for (String mode : new String[] {"inline", "threads", "processes"}) {
        Path out = folder.resolve(mode + ".csv");
        run(jar, "run", file, "--mode", mode, "--out", out);
        assertEquals("x,name\n" + "3.0,a\n,b\n-8.0,c\n".repeat(40), Files.readString(out), mode);
      }
    }
    assertTrue(run(jar, "operators", "twice").contains("Doubles numbers."));
  }

  private Path compile() throws IOException {
    Path source = Files.writeString(folder.resolve("Twice.java"), TWICE);
    Path classes = Files.createDirectory(folder.resolve("classes"));
    List<String> options =
        new ArrayList<>(List.of("-classpath", CLASS_PATH, "-d", classes.toString(), "-parameters"));
    if (Runtime.version().feature() >= 23) {
      options.add("-proc:full");
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertTrue(compiled, messages::toString);
    }
    return classes;
  }

  private Path jar(Path classes) throws IOException {
    Path jar = folder.resolve("own.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
        entries.putNextEntry(new JarEntry(name));
        Files.copy(file, entries);
      }
    }
    return jar;
  }

  private static String run(Path jar, Object... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmFlags.forVersion(Runtime.version().feature()));
    command.addAll(List.of("-cp", CLASS_PATH + File.pathSeparator + jar, "dev.baton.cli.Main"));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }
}
