package dev.baton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher against JDKs and builds that only pretend. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final Path REPOSITORY = CommandLineRun.EXAMPLES.getParent();

  @TempDir private Path folder;
  private Path home;

  /** A copy of the launcher, in a folder with a blank in its name, where all is built. */
  @BeforeEach
  void install() throws IOException {
    home = Files.createDirectories(folder.resolve("a home"));
    Files.copy(REPOSITORY.resolve("baton"), home.resolve("baton"));
    for (String part : new String[] {"engine", "operators", "ipc", "examples/target/lib"}) {
      Files.createDirectories(home.resolve(part));
    }
    Files.createFile(home.resolve("pom.xml"));
    Files.createFile(home.resolve("examples/target/baton-examples.jar"));
  }

  private Path jdk(String version) throws IOException {
    Path jdk = Files.createDirectories(folder.resolve("jdk " + version));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
    script(java, "for a; do echo \"<$a>\"; done");
    return jdk;
  }

  private static void script(Path file, String line) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  private CommandLineRun launch(Path script, Path javaHome, String... args) throws Exception {
    String[] command = new String[args.length + 2];
    command[0] = "/bin/sh";
    command[1] = script.toString();
    System.arraycopy(args, 0, command, 2, args.length);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.remove("BATON_OPTS");
    environment.put("JAVA_HOME", javaHome.toString());
    // What the launcher needs, but no Java and no Maven.
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool :
        new String[] {"dirname", "basename", "readlink", "sed", "grep", "find", "head"}) {
      Path bin = Files.exists(Path.of("/bin", tool)) ? Path.of("/bin") : Path.of("/usr/bin");
      script(tools.resolve(tool), "exec " + bin.resolve(tool) + " \"$@\"");
    }
    environment.put("PATH", tools.toString());
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new CommandLineRun(process.waitFor(), out, err);
  }

  @Test
  void passesTheFlagsOfTheJdkAndTheArguments() throws Exception {
    String flags = home.toRealPath() + "/engine/src/main/resources/dev/baton/engine";
    CommandLineRun old = launch(home.resolve("baton"), jdk("17.0.15"), "run", "a b.yaml");
    old.exits(0)
        .prints(
            "<@" + flags + "/jvm.args>",
            "<-Dbaton.home=" + home.toRealPath() + ">",
            "<-Dbaton.terminal=false>",
            "<dev.baton.cli.Main>\n<run>\n<a b.yaml>\n");
    assertTrue(!old.out().contains("jvm-24.args"), old.out());
    launch(home.resolve("baton"), jdk("25.0.3"), "--version")
        .exits(0)
        .prints("<@" + flags + "/jvm-24.args>");
  }

  @Test
  void worksThroughLinks() throws Exception {
    Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("a home/baton"));
    Path second = Files.createSymbolicLink(folder.resolve("second"), first);
    launch(second, jdk("21"), "doctor").exits(0).prints("<-Dbaton.home=" + home.toRealPath() + ">");
  }

  @Test
  void runsProgramsOfTheUser() throws Exception {
    CommandLineRun run = launch(home.resolve("baton"), jdk("17"), "java", "My.java", "x").exits(0);
    assertTrue(run.out().endsWith("<My.java>\n<x>\n"), run.out());
  }

  @Test
  void saysWhatToInstallWhenJavaIsMissingOrOld() throws Exception {
    CommandLineRun none = launch(home.resolve("baton"), folder).exits(2);
    assertTrue(none.err().startsWith("baton: needs JDK 17 or later; install one"), none.err());
    assertTrue(none.err().contains("apt-get install openjdk-17-jdk-headless"), none.err());
    assertEquals(1, none.err().strip().lines().count());
    Path old = jdk("11.0.2");
    CommandLineRun eleven = launch(home.resolve("baton"), old).exits(2);
    assertTrue(
        eleven
            .err()
            .startsWith("baton: needs JDK 17 or later, " + old + "/bin/java is Java 11; install"),
        eleven.err());
    Path eight = jdk("1.8.0_402");
    assertTrue(launch(home.resolve("baton"), eight).err().contains("is Java 8; install"));
  }

  @Test
  void saysWhatToInstallWhenItCannotBuild() throws Exception {
    Files.delete(home.resolve("examples/target/baton-examples.jar"));
    Path jre = jdk("17.0.1");
    CommandLineRun run = launch(home.resolve("baton"), jre).exits(2);
    assertTrue(run.err().startsWith("baton: building (first run only) …\nbaton: "), run.err());
    assertTrue(run.err().contains("has no compiler; install a JDK"), run.err());
    Path javac = Files.createFile(jre.resolve("bin/javac"));
    assertTrue(javac.toFile().setExecutable(true));
    CommandLineRun unbuilt = launch(home.resolve("baton"), jre).exits(2);
    assertTrue(unbuilt.err().contains("needs Maven 3.8 or later to build"), unbuilt.err());
  }
}
