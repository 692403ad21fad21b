package dev.baton.cli.auto;

import dev.baton.engine.source.ForwardingSource;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The first splits of another source, to measure on.
 *
 * @param source the other source
 * @param splits how many of its splits at most
 */
public record Head(Source source, int splits) implements Source {
  public Head {
    if (splits < 1) {
      throw new IllegalArgumentException("splits must be at least 1 but was " + splits);
    }
  }

  /** The part of all bytes that the first splits hold, 1 when they are all; 0 when unknown. */
  double fraction() throws IOException {
    try (OpenSource open = source.open()) {
      Iterator<? extends Split> all = open.splits();
      long bytes = 0;
      for (int i = 0; i < splits && all.hasNext(); i++) {
        bytes += all.next().bytes();
      }
      if (!all.hasNext()) {
        return 1;
      }
      return open.bytes() > 0 ? (double) bytes / open.bytes() : 0;
    }
  }

  @Override
  public OpenSource open() throws IOException {
    OpenSource all = source.open();
    return new ForwardingSource(all) {
      @Override
      protected Source again(Source other) {
        return new Head(other, splits);
      }

      @Override
      public long bytes() {
        return -1;
      }

      /** A sample writes nothing, and limits hold for the whole. */
      @Override
      public OnBad onBad() {
        OnBad bad = all.onBad();
        if (bad instanceof OnBad.Fail) {
          return bad;
        }
        return bad instanceof OnBad.MakeNull ? new OnBad.MakeNull() : new OnBad.Skip();
      }

      @Override
      public Iterator<? extends Split> splits() throws IOException {
        Iterator<? extends Split> rest = all.splits();
        List<Split> first = new ArrayList<>();
        while (first.size() < splits && rest.hasNext()) {
          first.add(rest.next());
        }
        return first.iterator();
      }
    };
  }
}
