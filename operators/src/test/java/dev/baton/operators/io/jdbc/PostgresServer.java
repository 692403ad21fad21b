package dev.baton.operators.io.jdbc;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A PostgreSQL server in a folder of its own, on a port of this machine only. It refuses to be
 * root, so root starts it as nobody.
 */
final class PostgresServer implements AutoCloseable {
  private static final String NOBODY = "65534";
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final int SECONDS = 60;

  private final Path folder;
  private final Process process;
  private final int port;

  private PostgresServer(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /** Why none can be started here, or null. */
  static String obstacle() {
    if (program("initdb") == null || program("postgres") == null) {
      return "initdb and postgres are not installed (Debian, Ubuntu: apt-get install postgresql)";
    }
    return isRoot() && !Files.isExecutable(SETPRIV) ? "root needs setpriv to be nobody" : null;
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** On the path, or where Debian has it. */
  private static Path program(String name) {
    List<Path> folders = new ArrayList<>();
    for (String entry : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      folders.add(Path.of(entry));
    }
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      versions.sorted().map(version -> version.resolve("bin")).forEach(folders::add);
    } catch (IOException e) {
      // Not Debian.
    }
    return folders.stream()
        .map(f -> f.resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  static PostgresServer start() throws Exception {
    Path folder = Files.createTempDirectory("baton-postgres");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
    if (isRoot()) {
      UserPrincipal nobody =
          folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY);
      Files.setOwner(folder, nobody);
    }
    Path data = folder.resolve("data");
    Process init =
        command(
                folder,
                "initdb",
                "-D",
                data.toString(),
                "-U",
                "baton",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync")
            .redirectOutput(folder.resolve("initdb.log").toFile())
            .start();
    if (!init.waitFor(SECONDS, TimeUnit.SECONDS) || init.exitValue() != 0) {
      init.destroyForcibly();
      throw new IOException("initdb: " + Files.readString(folder.resolve("initdb.log")));
    }
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Process process =
        command(
                folder,
                "postgres",
                "-D",
                data.toString(),
                "-F",
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=")
            .start();
    PostgresServer server = new PostgresServer(folder, process, port);
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    try {
      server.awaitReady();
      return server;
    } catch (Throwable e) {
      server.close();
      throw e;
    }
  }

  private static ProcessBuilder command(Path folder, String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of(SETPRIV.toString(), "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"));
    }
    command.add(program(program).toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
  }

  /** Until it says so; what it says is read to its end, or it would wait for its reader. */
  private void awaitReady() throws Exception {
    Queue<String> log = new ConcurrentLinkedQueue<>();
    CompletableFuture<Void> ready = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  log.add(line);
                  if (line.contains("database system is ready to accept connections")) {
                    ready.complete(null);
                  }
                }
                ready.completeExceptionally(new IOException("it ended"));
              } catch (IOException e) {
                ready.completeExceptionally(e);
              }
            },
            "postgres-log");
    reader.setDaemon(true);
    reader.start();
    try {
      ready.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("postgres: " + String.join("\n", log), e);
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=baton";
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    remove(folder);
  }

  private static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      // It is gone already.
    }
  }
}
