package dev.baton.operators.io.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import dev.baton.engine.spec.RecordCodec;
import dev.baton.engine.testkit.FakeContext;
import dev.baton.engine.testkit.Rows;
import dev.baton.engine.testkit.Variants;
import dev.baton.operators.io.Tables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesSourceTest {
  @TempDir Path folder;

  private Path file(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<List<Object>> cells(Rows rows) {
    return rows.cells().stream().map(Arrays::asList).toList();
  }

  @Test
  void everyFileIsARow() throws Exception {
    file("d/kind=cat/a.txt", utf8("one\ntwo"));
    file("d/kind=cat/b.txt", utf8(""));
    file("d/kind=dog/a.txt", utf8("\uFEFFthree é"));
    for (int splitBytes : new int[] {1, 8, 1000}) {
      FilesSource text =
          new FilesSource(folder.resolve("d"), FilesSource.Content.TEXT, 100, splitBytes);
      assertEquals(
          List.of(
              List.of("kind=cat/a.txt", "one\ntwo", "cat"),
              List.of("kind=cat/b.txt", "", "cat"),
              List.of("kind=dog/a.txt", "three é", "dog")),
          cells(Tables.read(text)));
      Rows some = Tables.read(text, List.of("kind"));
      assertEquals(List.of("cat", "cat", "dog"), some.column("kind"));
    }
    Rows bytes = Tables.read(new FilesSource(folder.resolve("d/**/a.txt")));
    assertEquals(List.of("path", "bytes", "kind"), bytes.names());
    assertArrayEquals(utf8("one\ntwo"), (byte[]) bytes.get(0, "bytes"));
    assertArrayEquals(utf8("\uFEFFthree é"), (byte[]) bytes.get(1, "bytes"));
    Rows one = Tables.read(new FilesSource(folder.resolve("d/kind=dog/a.txt")));
    assertEquals(List.of("a.txt"), one.column("path"));
    assertEquals(List.of("path", "bytes"), one.names());
  }

  @Test
  void manyFilesAreTheSameInEveryMode() throws Exception {
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[i % 50];
      Arrays.fill(bytes, (byte) i);
      file("d/" + i % 7 + "/" + i + ".bin", bytes);
    }
    FilesSource source =
        new FilesSource(folder.resolve("d/*/*.bin"), FilesSource.Content.BYTES, 100, 400);
    try (Engine engine = Engine.open()) {
      Object digest = engine.run(Pipeline.read(source), Variants.baseline()).digest();
      for (RunOptions options : Variants.all()) {
        assertEquals(digest, engine.run(Pipeline.read(source), options).digest());
      }
    }
    // As another process would.
    List<Object> there = new ArrayList<>();
    try (RootAllocator allocator = new RootAllocator();
        OpenSource open = source.open();
        OpenSource elsewhere =
            RecordCodec.read(RecordCodec.write(open.elsewhere()), Source.class).open();
        var decoder = elsewhere.decoder(List.of("path"), new FakeContext(allocator))) {
      for (var splits = open.splits(); splits.hasNext(); ) {
        decoder.start(RecordCodec.read(RecordCodec.write(splits.next()), Split.class));
        try (var batch = decoder.next()) {
          there.addAll(Rows.of(batch).column("path"));
        }
      }
    }
    assertEquals(Tables.read(source).column("path"), there);
  }

  @Test
  void whatCannotBeARowIsAnErrorThatNamesIt() throws Exception {
    Path file = file("d/a.txt", utf8("one\ntwo"));
    assertFails(
        file + " has 7 bytes, more than maxBytes, which is 6",
        new FilesSource(folder.resolve("d"), FilesSource.Content.BYTES, 6, 100));
    file("d/a.txt", "one\ntwo é".getBytes(StandardCharsets.ISO_8859_1));
    FilesSource text = new FilesSource(folder.resolve("d"), FilesSource.Content.TEXT);
    assertFails(
        file + ", line 2 (byte 8): expected UTF-8 text; convert the file, or read it as bytes",
        text);
    assertFails(
        "standard input is no file that could be a row; name files", new FilesSource(Path.of("-")));
    String before = version(text);
    file("d/a.txt", utf8("longer than before"));
    assertNotEquals(before, version(text));
  }

  private static String version(Source source) throws IOException {
    try (OpenSource open = source.open()) {
      return open.version();
    }
  }

  private static void assertFails(String message, Source source) {
    SourceException e = assertThrows(SourceException.class, () -> Tables.read(source));
    assertEquals(message, e.getMessage());
  }
}
