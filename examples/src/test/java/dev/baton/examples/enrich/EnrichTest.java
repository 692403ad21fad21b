package dev.baton.examples.enrich;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.engine.Engine;
import dev.baton.engine.ExecutionMode;
import dev.baton.engine.Pipeline;
import dev.baton.engine.RunOptions;
import dev.baton.engine.RunReport;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.spec.PipelineFile;
import dev.baton.operators.http.HttpFetch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example, asking a service that does not wait. */
class EnrichTest {
  private static Pipeline asking(int port) {
    Pipeline pipeline = PipelineFile.read(Path.of("enrich/enrich.yaml")).pipeline();
    List<Operator> operators = new ArrayList<>();
    for (Operator operator : pipeline.operators()) {
      if (operator instanceof HttpFetch fetch) {
        String url = fetch.url().replace(":" + EnrichService.PORT, ":" + port);
        operators.add(new HttpFetch(url, fetch.column(), fetch.requests()));
      } else {
        operators.add(operator);
      }
    }
    return new Pipeline(pipeline.source(), operators, null);
  }

  @Test
  void everyModeGivesTheSameFeatures() throws IOException {
    try (EnrichService service = new EnrichService(0, Duration.ZERO);
        Engine engine = Engine.open()) {
      Pipeline pipeline = asking(service.port());
      RunOptions inline = RunOptions.defaults().withMode(ExecutionMode.inline()).withDigest();
      RunReport expected = engine.run(pipeline, inline);
      assertEquals(5868, expected.rowsOut());
      for (ExecutionMode mode :
          List.of(
              ExecutionMode.threads(4), ExecutionMode.eventLoop(64), ExecutionMode.processes(2))) {
        for (LockPolicy lock : List.of(LockPolicy.parse("global"), new LockPolicy.None())) {
          RunReport report = engine.run(pipeline, inline.withMode(mode).withLock(lock));
          assertEquals(expected.digest(), report.digest(), mode + " " + lock);
        }
      }
    }
  }
}
