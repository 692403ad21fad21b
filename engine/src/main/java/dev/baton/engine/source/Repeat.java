package dev.baton.engine.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.apache.arrow.vector.types.pojo.Schema;

/** The rows of another source several times over, to make real data big. */
public record Repeat(Source source, int times) implements Source {
  public Repeat {
    if (times < 1) {
      throw new IllegalArgumentException("repeat must be at least 1 but was " + times);
    }
  }

  @Override
  public Source expecting(Schema schema) {
    return new Repeat(source.expecting(schema), times);
  }

  @Override
  public Source once() {
    return times == 1 ? new Repeat(source.once(), 1) : this;
  }

  @Override
  public Source inside(UnaryOperator<Source> change) {
    return new Repeat(source.inside(change), times);
  }

  @Override
  public OpenSource open() throws IOException {
    OpenSource once = source.open();
    return new ForwardingSource(once) {
      @Override
      protected Source again(Source other) {
        return new Repeat(other, times);
      }

      @Override
      public long bytes() {
        return once.bytes() < 0 ? -1 : once.bytes() * times;
      }

      @Override
      public Skipped skipped() {
        Skipped one = once.skipped();
        return new Skipped(
            one.parts() * times, one.ofParts() * times, one.rows() * times, one.ofRows() * times);
      }

      @Override
      public Iterator<? extends Split> splits() throws IOException {
        return new Repeated(once, times);
      }
    };
  }

  private static final class Repeated implements Iterator<Split> {
    private final OpenSource source;
    private int left;
    private Iterator<? extends Split> current = Collections.emptyIterator();

    Repeated(OpenSource source, int times) {
      this.source = source;
      this.left = times;
    }

    @Override
    public boolean hasNext() {
      while (!current.hasNext() && left > 0) {
        left--;
        try {
          current = source.splits();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return current.hasNext();
    }

    @Override
    public Split next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return current.next();
    }
  }
}
