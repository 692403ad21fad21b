package dev.baton.operators.http;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Nature;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.request.InFlight;
import dev.baton.engine.request.Questions;
import dev.baton.engine.request.RequestKernel;
import dev.baton.engine.request.RequestPolicy;
import dev.baton.operators.internal.TextBuilder;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Adds a text column with what a web server answers to a GET request for each row.
 *
 * <p>A row with a null in one of the columns of the URL asks nothing and gets null. Status 2xx is
 * an answer; 408, 429 and 5xx, time-outs and broken connections are tried again; any other status
 * is a failure. Inline and on threads one request after the other is under way in each worker; on
 * an event loop as many as the mode allows.
 *
 * <p>Cost: a request a row.
 *
 * @param url where to ask, with the names of text, numeric or boolean columns in braces, whose
 *     values are percent-encoded: {@code https://example.com/price/{sku}?country={country}}
 * @param column the column for the answers, decoded as the server says, else as UTF-8
 * @param requests time-out, repetition, limit and what becomes of failures
 */
public record HttpFetch(String url, String column, RequestPolicy requests) implements Transform {

  public HttpFetch {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(requests, "requests");
    UrlTemplate.parse(url);
  }

  /** With the default request policy. */
  public HttpFetch(String url, String column) {
    this(url, column, new RequestPolicy());
  }

  @Override
  public Nature nature() {
    return Nature.BLOCKING;
  }

  @Override
  public BoundTransform bind(Binder binder) {
    UrlTemplate template = UrlTemplate.parse(url);
    template.bind(binder);
    binder.put(Types.field(column, Types.UTF8));
    InFlight limit = new InFlight(requests.limit());
    return binder.transform(
        context ->
            new RequestKernel<>(
                context,
                HttpExchange.shared(),
                requests,
                limit,
                new Pages(template, context.allocator())));
  }

  private final class Pages implements Questions<URI, String> {
    private final UrlTemplate template;
    private final BufferAllocator allocator;

    Pages(UrlTemplate template, BufferAllocator allocator) {
      this.template = template;
      this.allocator = allocator;
    }

    @Override
    public URI ask(Batch batch, int row) {
      return template.of(batch, row);
    }

    @Override
    public void answer(Batch batch, List<String> answers) {
      try (TextBuilder builder =
          new TextBuilder(column, answers.size(), 64L * answers.size(), allocator)) {
        for (String answer : answers) {
          if (answer == null) {
            builder.appendNull();
          } else {
            builder.append(answer);
          }
        }
        batch.put(builder.finish());
      }
    }

    @Override
    public String column() {
      return column;
    }
  }
}
