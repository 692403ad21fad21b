package dev.baton.operators.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.request.RequestPolicy;
import dev.baton.engine.request.RequestPolicy.OnFailure;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class HttpFetchTest extends OperatorContract {
  private static FakeServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new FakeServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected Operator operator() {
    return new HttpFetch(server.url("/echo/x{id}/y{s}"), "answer", policy(2, OnFailure.FAIL));
  }

  @Override
  protected Schema input() {
    return Rows.schema("id", Types.INT64, "s", Types.UTF8);
  }

  /** Most rows ask nothing, as each question takes a while. */
  @Override
  protected Rows rows(int count, long seed, Mix mix) {
    int[] row = {0};
    return super.rows(count, seed, mix)
        .with(Types.field("id", Types.INT64), "id", id -> row[0]++ % 16 == 0 ? id : null);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    Object[] answers = new Object[rows.size()];
    for (int row = 0; row < answers.length; row++) {
      Object id = rows.column("id").get(row);
      Object s = rows.column("s").get(row);
      // The server answers with the last part of the path.
      String[] parts = ("x" + id + "/y" + s).split("/", -1);
      answers[row] =
          id == null || s == null ? null : parts[parts.length - 1].toUpperCase(Locale.ROOT);
    }
    return rows.with(Types.field("answer", Types.UTF8), Arrays.asList(answers));
  }

  private static RequestPolicy policy(int retries, OnFailure onFailure) {
    return new RequestPolicy(Duration.ofMinutes(1), retries, Duration.ofMillis(1), 0, onFailure);
  }

  private Rows one(String path, RequestPolicy policy) {
    Rows rows = Rows.of(Rows.schema("k", Types.UTF8), Rows.row("a b&c"));
    return drive.fitAndTransform(new HttpFetch(server.url(path), "answer", policy), rows);
  }

  @Test
  void valuesArePercentEncoded() {
    assertEquals("A B&C", one("/echo/{k}", policy(0, OnFailure.FAIL)).column("answer").get(0));
  }

  @Test
  void redirectionsAreFollowed() {
    assertEquals("THERE", one("/moved/there", policy(0, OnFailure.FAIL)).column("answer").get(0));
    assertEquals(1, server.asked("/moved/there"));
  }

  @Test
  void answersAreDecodedAsTheServerSays() {
    for (String path : List.of("/latin/%C3%A9", "/echo/%C3%A9")) {
      assertEquals("É", one(path, policy(0, OnFailure.FAIL)).column("answer").get(0), path);
    }
  }

  @Test
  void aBusyServerIsAskedAgain() {
    assertEquals("TWICE", one("/busy/2/twice", policy(2, OnFailure.FAIL)).column("answer").get(0));
    assertEquals(3, server.asked("/busy/2/twice"));
  }

  @Test
  void aServerThatStaysBusyIsAnErrorNamingTheRequest() {
    ValueException e =
        assertThrows(ValueException.class, () -> one("/busy/9/always", policy(1, OnFailure.FAIL)));
    assertEquals(
        server.url("/busy/9/always")
            + " failed 2 times: the server answered with status 503; allow more retries or a longer"
            + " timeout, or set on-failure to null",
        e.getMessage());
    assertEquals("answer", e.column());
  }

  @Test
  void whatIsNotThereIsNotAskedForAgain() {
    ValueException e =
        assertThrows(ValueException.class, () -> one("/gone/1", policy(5, OnFailure.FAIL)));
    assertTrue(e.getMessage().contains("status 404; correct it"), e.getMessage());
    assertEquals(1, server.asked("/gone/1"));
    assertEquals(null, one("/gone/2", policy(5, OnFailure.NULL)).column("answer").get(0));
  }

  /** Not once only, as two clocks for one question once said different things. */
  @RepeatedTest(10)
  void aSilentServerIsGivenUp() {
    RequestPolicy impatient =
        new RequestPolicy(Duration.ofMillis(50), 0, Duration.ZERO, 0, OnFailure.FAIL);
    ValueException e = assertThrows(ValueException.class, () -> one("/silent", impatient));
    assertTrue(e.getMessage().contains("timed out"), e.getMessage());
  }

  @Test
  void aUrlThatIsNoneIsRefused() {
    assertEquals(
        "url must begin with http:// or https:// but was 'ftp://x/{k}'",
        assertThrows(IllegalArgumentException.class, () -> new HttpFetch("ftp://x/{k}", "a"))
            .getMessage());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> new HttpFetch("http://a b/", "a"))
            .getMessage()
            .startsWith("url 'http://a b/' is not a URL"));
  }
}
