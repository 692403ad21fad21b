package dev.baton.operators.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Types;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a driver made up here, which answers as a test wants it to and notes what is closed. */
class JdbcExchangeTest {
  private static final String URL = "jdbc:made-up:";
  private static final JdbcLookup.Key KEY = new JdbcLookup.Key(List.of(7L));

  private final List<String> calls = new ArrayList<>();
  private final Driver driver =
      made(
          Driver.class,
          Map.of(
              "acceptsURL", () -> true,
              "connect", () -> note("connect", made(Connection.class, connection()))));
  private Callable<Object> prepare = () -> made(PreparedStatement.class, statement());
  private Callable<Object> execute = () -> made(ResultSet.class, Map.of("next", () -> false));
  private final JdbcExchange exchange =
      new JdbcExchange(URL, "select ?", List.of(new AnswerColumn("a", Types.INT64)), 1);

  @BeforeEach
  void register() throws SQLException {
    DriverManager.registerDriver(driver);
  }

  @AfterEach
  void deregister() throws SQLException {
    exchange.close();
    DriverManager.deregisterDriver(driver);
  }

  private <T> T note(String call, T result) {
    calls.add(call);
    return result;
  }

  private Map<String, Callable<Object>> connection() {
    return Map.of(
        "prepareStatement", () -> prepare.call(), "close", () -> note("close connection", null));
  }

  private Map<String, Callable<Object>> statement() {
    return Map.of(
        "executeQuery", () -> execute.call(), "close", () -> note("close statement", null));
  }

  /**
   * An object of a JDBC type: what it is not told it does not do, and what it is asked is noted.
   */
  private <T> T made(Class<T> type, Map<String, Callable<Object>> methods) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (method.getName().equals("setQueryTimeout")) {
                calls.add("at most " + arguments[0] + " s");
              }
              Callable<Object> does = methods.get(method.getName());
              return does != null
                  ? does.call()
                  : method.getName().equals("equals") ? (Object) (self == arguments[0]) : null;
            });
    return type.cast(proxy);
  }

  @Test
  void aConnectionIsUsedAgainAndClosedInTheEnd() throws Exception {
    assertArrayEquals(null, exchange.ask(KEY, Duration.ofSeconds(2)));
    assertArrayEquals(null, exchange.ask(KEY, Duration.ofSeconds(3)));
    exchange.close();
    assertEquals(
        List.of("connect", "at most 2 s", "at most 3 s", "close statement", "close connection"),
        calls);
  }

  @Test
  void aTimeOutOfTheDriverMayPass() {
    execute =
        () -> {
          throw new SQLTimeoutException("took too long");
        };
    IOException e = assertThrows(IOException.class, () -> exchange.ask(KEY, Duration.ofSeconds(2)));
    assertEquals("took too long", e.getMessage());
    assertEquals(List.of("connect", "at most 2 s", "close statement", "close connection"), calls);
  }

  @Test
  void aDriverThatBreaksLeavesNoConnectionOpen() {
    IllegalStateException broken = new IllegalStateException("a bug of the driver");
    execute =
        () -> {
          throw broken;
        };
    assertSame(
        broken,
        assertThrows(IllegalStateException.class, () -> exchange.ask(KEY, Duration.ofSeconds(2))));
    assertTrue(calls.contains("close connection"), calls.toString());
  }

  @Test
  void aDriverThatCannotPrepareLeavesNoConnectionOpen() {
    IllegalStateException broken = new IllegalStateException("a bug of the driver");
    prepare =
        () -> {
          throw broken;
        };
    assertSame(
        broken,
        assertThrows(IllegalStateException.class, () -> exchange.ask(KEY, Duration.ofSeconds(2))));
    assertEquals(List.of("connect", "close connection"), calls);
  }
}
