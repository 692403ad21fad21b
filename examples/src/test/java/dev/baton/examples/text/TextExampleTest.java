package dev.baton.examples.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.engine.source.Repeat;
import dev.baton.engine.spec.PipelineFile;
import dev.baton.operators.io.csv.CsvSink;
import dev.baton.operators.io.text.TextSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class TextExampleTest {
  @TempDir private Path folder;

  /** The example's steps on the novel read once, in splits small enough for every worker. */
  private static Pipeline once() {
    Pipeline pipeline = PipelineFile.read(Path.of("text/text.yaml")).pipeline();
    TextSource book = (TextSource) ((Repeat) pipeline.source()).source();
    return pipeline
        .from(new TextSource(book.path(), book.column(), book.rows(), 50_000))
        .write(null);
  }

  private static void everyModeGivesTheSameBits(List<ExecutionMode> modes) {
    List<LockPolicy> locks =
        List.of(
            new LockPolicy.Global(Duration.ofMillis(1)),
            new LockPolicy.GlobalReleased(Duration.ofMillis(1)),
            new LockPolicy.PerObject(),
            new LockPolicy.None());
    try (Engine engine = Engine.open()) {
      RunOptions options = RunOptions.defaults().withDigest();
      RunReport expected = engine.run(once(), options.withMode(ExecutionMode.inline()));
      assertTrue(expected.rowsOut() > 5_000, "sentences of a novel: " + expected.rowsOut());
      for (ExecutionMode mode : modes) {
        for (LockPolicy lock : locks) {
          RunReport report = engine.run(once(), options.withMode(mode).withLock(lock));
          assertEquals(expected.digest(), report.digest(), mode + " " + lock);
        }
      }
    }
  }

  @Test
  void threadsGiveTheSameBitsAsInline() {
    everyModeGivesTheSameBits(
        List.of(ExecutionMode.inline(), ExecutionMode.threads(2), ExecutionMode.threads(3)));
  }

  @Test
  @Tag("process")
  void processesGiveTheSameBitsAsInline() {
    everyModeGivesTheSameBits(List.of(ExecutionMode.processes(2)));
  }

  @Test
  void keywordsTellWhatASentenceIsAbout() throws IOException {
    Path file = folder.resolve("keywords.csv");
    try (Engine engine = Engine.open()) {
      engine.run(
          PipelineFile.read(Path.of("text/keywords.yaml")).pipeline().write(new CsvSink(file)),
          RunOptions.defaults());
    }
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    assertEquals("text,text_keywords", lines.get(0));
    assertTrue(
        lines.contains(
            "\"It is a truth universally acknowledged, that a single man in possession of a good"
                + " fortune, must be in want of a wife.\",\"universally, possession, single,"
                + " acknowledged\""),
        String.join("\n", lines.subList(0, 8)));
  }
}
