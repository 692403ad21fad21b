package dev.baton.engine.source;

import dev.baton.engine.operator.KernelContext;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A source that reads another one. It says all that the other says, but for what a subclass
 * overrides, so that a wrapper forgets nothing. Closes the other one.
 */
public abstract class ForwardingSource implements OpenSource {
  private final OpenSource source;

  protected ForwardingSource(OpenSource source) {
    this.source = source;
  }

  @Override
  public Schema schema() {
    return source.schema();
  }

  @Override
  public long bytes() {
    return source.bytes();
  }

  @Override
  public boolean splitsTravel() {
    return source.splitsTravel();
  }

  /** The other's, wrapped by {@link #again}. */
  @Override
  public final Source elsewhere() {
    Source other = source.elsewhere();
    return other == null ? null : again(other);
  }

  /** The wrapper around {@code other} instead. */
  protected abstract Source again(Source other);

  @Override
  public String version() {
    return source.version();
  }

  @Override
  public String note() {
    return source.note();
  }

  @Override
  public Skipped skipped() {
    return source.skipped();
  }

  @Override
  public OnBad onBad() {
    return source.onBad();
  }

  @Override
  public void keepOrigins() {
    source.keepOrigins();
  }

  @Override
  public void within(BufferAllocator memory) throws IOException {
    source.within(memory);
  }

  @Override
  public Iterator<? extends Split> splits() throws IOException {
    return source.splits();
  }

  @Override
  public Decoder decoder(List<String> columns, KernelContext context) throws IOException {
    return source.decoder(columns, context);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
