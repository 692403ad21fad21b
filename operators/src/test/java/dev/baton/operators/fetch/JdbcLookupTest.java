package dev.baton.operators.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.ValueException;
import dev.baton.engine.request.RequestPolicy;
import dev.baton.engine.testkit.OperatorContract;
import dev.baton.engine.testkit.RandomRows.Mix;
import dev.baton.engine.testkit.Rows;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.h2.api.ErrorCode;
import org.junit.jupiter.api.Test;

/** Against H2, in memory: each process that connects makes the same table for itself. */
class JdbcLookupTest extends OperatorContract {
  private static final String URL =
      "jdbc:h2:mem:lookup;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000;INIT="
          + "create table if not exists city"
          + " (id bigint primary key, name varchar, area double, capital boolean)\\;"
          + "merge into city values (1, 'Oslo', 454.0, true), (2, 'Bergen', 465.5, false),"
          + " (3, null, null, null)";

  private static Map<String, ArrowType> outputs() {
    Map<String, ArrowType> outputs = new LinkedHashMap<>();
    outputs.put("name", Types.UTF8);
    outputs.put("area", Types.FLOAT64);
    outputs.put("capital", Types.BOOL);
    outputs.put("again", Types.INT64);
    return outputs;
  }

  @Override
  protected Operator operator() {
    return new JdbcLookup(
        URL,
        "select name, area, capital, id from city where id = ?",
        Columns.of("city"),
        outputs());
  }

  @Override
  protected Schema input() {
    return Rows.schema("city", Types.INT64);
  }

  @Override
  protected Rows rows(int count, long seed, Mix mix) {
    Random random = new Random(seed);
    Object[][] rows = new Object[count][];
    for (int i = 0; i < count; i++) {
      long city = random.nextInt(5);
      rows[i] = Rows.row(city == 4 ? null : (Object) city);
    }
    return Rows.of(input(), rows);
  }

  @Override
  protected Rows expected(Rows seen, Rows rows) {
    List<Object> names = new ArrayList<>();
    List<Object> areas = new ArrayList<>();
    List<Object> capitals = new ArrayList<>();
    List<Object> again = new ArrayList<>();
    for (Object city : rows.column("city")) {
      long id = city == null ? 0 : (Long) city;
      names.add(id == 1 ? "Oslo" : id == 2 ? "Bergen" : null);
      areas.add(id == 1 ? (Double) 454.0 : id == 2 ? (Double) 465.5 : null);
      capitals.add(id == 1 ? Boolean.TRUE : id == 2 ? Boolean.FALSE : null);
      again.add(id == 0 ? null : (Object) id);
    }
    return rows.with(Types.field("name", Types.UTF8), names)
        .with(Types.field("area", Types.FLOAT64), areas)
        .with(Types.field("capital", Types.BOOL), capitals)
        .with(Types.field("again", Types.INT64), again);
  }

  private ValueException failure(String query, Map<String, ArrowType> outputs) {
    Rows rows = Rows.of(input(), Rows.row((Object) null), Rows.row(1L));
    JdbcLookup lookup = new JdbcLookup(URL, query, Columns.of("city"), outputs);
    return assertThrows(ValueException.class, () -> drive.fitAndTransform(lookup, rows));
  }

  @Test
  void aQueryTheDatabaseRefusesIsAnErrorWithItsWords() {
    ValueException e = failure("select nme from city where id = ?", Map.of("name", Types.UTF8));
    assertEquals(1, e.row());
    assertTrue(e.getMessage().startsWith("the query for [1] failed: "), e.getMessage());
    assertTrue(e.getMessage().contains("NME"), e.getMessage());
  }

  /** A function of the database; public, for it is called by name. */
  public static final class Shaky {
    /** So often it fails before it answers. */
    private static final AtomicInteger FAILURES = new AtomicInteger();

    private Shaky() {}

    public static long answer(long city) throws SQLException {
      if (FAILURES.getAndDecrement() > 0) {
        throw new SQLException("busy", "HYT00", ErrorCode.LOCK_TIMEOUT_1);
      }
      return city * 10;
    }
  }

  private Rows askShaky(int failures, int retries) {
    Shaky.FAILURES.set(failures);
    String url =
        "jdbc:h2:mem:shaky;INIT=create alias if not exists shaky for '"
            + Shaky.class.getName()
            + ".answer'";
    RequestPolicy policy =
        new RequestPolicy(
            Duration.ofSeconds(60), retries, Duration.ofMillis(1), 0, RequestPolicy.OnFailure.FAIL);
    JdbcLookup lookup =
        new JdbcLookup(
            url, "select shaky(?)", Columns.of("city"), Map.of("answer", Types.INT64), 2, policy);
    return drive.fitAndTransform(lookup, Rows.of(input(), Rows.row(7L)));
  }

  @Test
  void aBusyDatabaseIsAskedAgain() {
    assertEquals(List.of(70L), askShaky(2, 2).column("answer"));
  }

  /** Drivers count in seconds, and take 0 for no time-out. */
  @Test
  void timeOutsAreRoundedUpToWholeSeconds() {
    assertEquals(Duration.ofSeconds(1), JdbcLookup.wholeSeconds(Duration.ofNanos(1)));
    assertEquals(Duration.ofSeconds(2), JdbcLookup.wholeSeconds(Duration.ofMillis(1001)));
    assertEquals(Duration.ofSeconds(2), JdbcLookup.wholeSeconds(Duration.ofSeconds(2)));
  }

  @Test
  void aDatabaseThatStaysBusyIsAnErrorSayingHowOftenItWasAsked() {
    ValueException e = assertThrows(ValueException.class, () -> askShaky(9, 1));
    assertTrue(e.getMessage().startsWith("the query for [7] failed 2 times: busy"), e.getMessage());
    assertTrue(e.getMessage().contains("allow more retries"), e.getMessage());
  }

  @Test
  void aDatabaseWithoutDriverIsAnErrorNamingTheUrl() {
    Rows rows = Rows.of(input(), Rows.row(1L));
    JdbcLookup lookup =
        new JdbcLookup("jdbc:none:x", "select ?", Columns.of("city"), Map.of("a", Types.UTF8));
    ValueException e =
        assertThrows(ValueException.class, () -> drive.fitAndTransform(lookup, rows));
    assertTrue(e.getMessage().contains("No suitable driver found for jdbc:none:x"), e.getMessage());
  }

  @Test
  void outputsOfOtherTypesAreRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new JdbcLookup(URL, "x", Columns.of("city"), Map.of("a", Types.DATE)));
    assertEquals("outputs: 'a' is date but must be utf8, int64, float64 or bool", e.getMessage());
  }
}
