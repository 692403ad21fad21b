package dev.baton.operators.io.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.baton.engine.testkit.Rows;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a PostgreSQL server of its own, where the programs for one are installed. */
@Timeout(300)
class PostgresJdbcTest extends JdbcContract {
  private static PostgresServer server;

  @BeforeAll
  static void start() throws Exception {
    String obstacle = PostgresServer.obstacle();
    assumeTrue(obstacle == null, obstacle);
    try {
      server = PostgresServer.start();
    } catch (IOException e) {
      abort("a server cannot be started here: " + e.getMessage());
    }
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  String url() {
    return server.url();
  }

  @Test
  void typesOfItsOwnAreText() throws Exception {
    execute("CREATE TABLE t (j JSONB, n NUMERIC, a INTEGER[], b BIT(3), c TEXT)");
    execute("INSERT INTO t VALUES ('{\"a\": 1}', 1e40, '{1,2}', B'101', 'x')");
    Rows rows = read(new JdbcSource(url(), "t"));
    assertEquals(
        "[{\"a\": 1}, 10000000000000000000000000000000000000000, {1,2}, 101, x]",
        java.util.Arrays.toString(rows.cells().get(0)));
  }
}
