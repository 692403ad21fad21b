package dev.baton.operators.fetch;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.request.InFlight;
import dev.baton.engine.request.Questions;
import dev.baton.engine.request.RequestKernel;
import dev.baton.engine.request.RequestPolicy;
import dev.baton.operators.internal.Cells;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Adds columns that a database has for each row: the first row of a query's result, or nulls where
 * there is none. A row with a null in one of {@code columns} asks nothing and gets nulls.
 *
 * <p>Each worker has a connection of its own. On an event loop {@code connections} helper threads
 * have one each, since JDBC has no other way to ask without waiting. The JDBC driver must be on the
 * class path.
 *
 * <p>Cost: a query a row. To add columns of a whole table, join it.
 *
 * @param url the JDBC URL of the database
 * @param query a SELECT with a {@code ?} for each of {@code columns}
 * @param columns text, numeric and boolean columns whose values take the place of the question
 *     marks
 * @param outputs names and types of the new columns, in the order of the query's: {@code utf8},
 *     {@code int64}, {@code float64} or {@code bool}
 * @param connections how many an event loop uses
 * @param requests time-out, repetition, limit and what becomes of failures; the driver ends a query
 *     that takes too long, by whole seconds, to which the time-out is rounded up
 */
public record JdbcLookup(
    String url,
    String query,
    Columns columns,
    Map<String, ArrowType> outputs,
    int connections,
    RequestPolicy requests)
    implements Transform {

  public JdbcLookup {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(requests, "requests");
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("outputs must name at least one column");
    }
    outputs.forEach(AnswerColumn::check);
    if (connections < 1) {
      throw new IllegalArgumentException("connections must be at least 1 but was " + connections);
    }
  }

  /** Eight connections on an event loop, and the default request policy. */
  public JdbcLookup(String url, String query, Columns columns, Map<String, ArrowType> outputs) {
    this(url, query, columns, outputs, 8, new RequestPolicy());
  }

  @Override
  public Nature nature() {
    return Nature.BLOCKING;
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<String> parameters =
        binder.read(columns, Cells.accepted()).stream().map(Field::getName).toList();
    List<AnswerColumn> answers = new ArrayList<>();
    outputs.forEach((name, type) -> answers.add(new AnswerColumn(name, type)));
    answers.forEach(answer -> binder.put(answer.field()));
    InFlight limit = new InFlight(requests.limit());
    RequestPolicy policy = requests.withTimeout(wholeSeconds(requests.timeout()));
    return binder.transform(
        context ->
            new RequestKernel<>(
                context,
                new JdbcExchange(url, query, answers, connections),
                policy,
                limit,
                new Rows(parameters, answers, context.allocator())));
  }

  static Duration wholeSeconds(Duration time) {
    return Duration.ofSeconds(time.getSeconds() + (time.getNano() > 0 ? 1 : 0));
  }

  /** The values for the question marks. */
  record Key(List<Object> values) {
    @Override
    public String toString() {
      return "the query for " + values;
    }
  }

  private record Rows(
      List<String> parameters, List<AnswerColumn> outputs, BufferAllocator allocator)
      implements Questions<Key, Object[]> {
    @Override
    public Key ask(Batch batch, int row) {
      List<Object> values = new ArrayList<>(parameters.size());
      for (String parameter : parameters) {
        Object value = Cells.get(batch, parameter, row);
        if (value == null) {
          return null;
        }
        values.add(value);
      }
      return new Key(values);
    }

    @Override
    public void answer(Batch batch, List<Object[]> answers) {
      for (int i = 0; i < outputs.size(); i++) {
        int position = i;
        batch.put(
            outputs
                .get(i)
                .vector(
                    answers.size(),
                    row -> answers.get(row) == null ? null : answers.get(row)[position],
                    allocator));
      }
    }

    @Override
    public String column() {
      return outputs.get(0).name();
    }
  }
}
