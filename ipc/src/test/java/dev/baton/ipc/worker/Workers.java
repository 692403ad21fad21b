package dev.baton.ipc.worker;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Starts {@link TestWorker}s and hears what they say. */
final class Workers {
  static final long HEAP = 64L << 20;

  final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  final WorkerLauncher launcher;

  Workers(WorkerCommand command, Path directory, Optional<Path> archive) {
    this.launcher = new WorkerLauncher(command, directory, archive, said::add);
  }

  Workers(Path directory) {
    this(command(ClassPath.ofThisJvm()), directory, Optional.empty());
  }

  static WorkerCommand command(ClassPath classPath) {
    WorkerCommand like = WorkerCommand.likeThisJvm(TestWorker.class.getName(), HEAP);
    return new WorkerCommand(like.java(), like.mainClass(), classPath, HEAP, like.flags());
  }

  WorkerProcess start(String... arguments) throws IOException {
    return launcher.start(0, List.of(arguments));
  }

  /** The first thing said that holds the text; what was said before is dropped. */
  String hear(String text) throws InterruptedException {
    while (true) {
      String line = said.poll(30, TimeUnit.SECONDS);
      if (line == null) {
        throw new AssertionError("no worker said '" + text + "'");
      }
      if (line.contains(text)) {
        return line;
      }
    }
  }

  static WorkerExit end(WorkerProcess worker) throws Exception {
    return worker.exit().get(30, TimeUnit.SECONDS);
  }

  /** This JVM's class path with every folder packed into a jar. */
  static ClassPath jars(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    for (Path entry : ClassPath.ofThisJvm().entries()) {
      if (Files.isDirectory(entry)) {
        Path jar = directory.resolve("folder" + entries.size() + ".jar");
        pack(entry, jar);
        entries.add(jar);
      } else if (Files.exists(entry)) {
        entries.add(entry);
      }
    }
    return new ClassPath(entries);
  }

  private static void pack(Path folder, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> files = Files.walk(folder)) {
      for (Path path : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(path).toString().replace(File.separatorChar, '/');
        out.putNextEntry(new JarEntry(name));
        Files.copy(path, out);
      }
    }
  }

  /** A jar with nothing but a manifest that names the class path, as build tools make them. */
  static Path manifestOnly(ClassPath classPath, Path jar) {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(
        Attributes.Name.CLASS_PATH,
        String.join(" ", classPath.entries().stream().map(e -> e.toUri().toString()).toList()));
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.finish();
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
