package dev.baton.cli;

import static dev.baton.cli.CommandLineRun.PENGUINS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.baton.engine.JvmFlags;
import dev.baton.engine.testkit.Jvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command line with worker processes, as a user without rights whose home is read-only. */
@Tag("process")
@EnabledOnOs(OS.LINUX)
class OrdinaryUserTest {
  private static final String NOBODY = "65534";

  @TempDir private Path folder;

  @Test
  void runsInProcessesWithoutAWritableHome() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can be somebody else");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv");
    open(folder);
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("r-xr-xr-x"));
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path data = Files.copy(PENGUINS, folder.resolve("penguins.csv"));
    Path file =
        Files.write(
            folder.resolve("pipeline.yaml"),
            List.of(
                "source: {csv: {path: " + data + ", nulls: [NA]}}",
                "steps:",
                "  - simple-imputer: {columns: [body_mass_g]}"));

    String classPath = readableClassPath();
    String text =
        asNobody(
            home,
            temporary,
            classPath,
            ExitCodes.OK,
            file.toString(),
            "--mode",
            "processes",
            "--workers",
            "2",
            "--digest");
    String digest =
        CommandLineRun.of("run", file, "--mode", "inline", "--digest")
            .out()
            .lines()
            .filter(line -> line.startsWith("digest"))
            .findFirst()
            .orElseThrow();
    assertTrue(text.contains(digest), text);
    try (Stream<Path> left = Files.list(temporary)) {
      List<String> names = left.map(path -> path.getFileName().toString()).toList();
      assertTrue(names.stream().noneMatch(name -> name.startsWith("baton-ipc")), names.toString());
    }

    Path closed = Files.copy(PENGUINS, folder.resolve("closed.csv"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    assertEquals(
        "baton: source: cannot read " + closed + ": this user may not; change its permissions",
        asNobody(
                home,
                temporary,
                classPath,
                ExitCodes.USAGE,
                file.toString(),
                "--in",
                closed.toString())
            .strip());
  }

  /** What a run says, as somebody without rights. */
  private String asNobody(
      Path home, Path temporary, String classPath, int code, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("/usr/bin/setpriv", "--reuid", NOBODY));
    command.addAll(List.of("--regid", NOBODY, "--clear-groups"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmFlags.forVersion(Runtime.version().feature()));
    command.addAll(List.of("-Duser.home=" + home, "-Djava.io.tmpdir=" + temporary));
    command.addAll(List.of("-cp", classPath, Main.class.getName(), "run"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("HOME", home.toString());
    Path said = folder.resolve("said");
    Process process = builder.directory(folder.toFile()).redirectOutput(said.toFile()).start();
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the run did not end");
    String text = Files.readString(said);
    assertEquals(code, process.exitValue(), text);
    return text;
  }

  /** Copies of jars and classes: a repository in a closed home is not for other users. */
  private String readableClassPath() throws IOException {
    String own = Jvm.classPath();
    Path copies = Files.createDirectory(folder.resolve("classes"));
    open(copies);
    List<String> entries = new ArrayList<>();
    for (String entry : own.split(File.pathSeparator)) {
      Path from = Path.of(entry);
      Path to = copies.resolve(entries.size() + "-" + from.getFileName());
      if (Files.exists(from)) {
        copy(from, to);
        entries.add(to.toString());
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = file.equals(from) ? to : to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          open(Files.createDirectory(copy));
        } else {
          Files.copy(file, copy);
          Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
        }
      }
    }
  }

  private static void open(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
