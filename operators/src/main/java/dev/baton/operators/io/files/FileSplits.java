package dev.baton.operators.io.files;

import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;

/** The splits of one file after the other. */
final class FileSplits implements Iterator<FileSplit> {
  private final Iterator<Map.Entry<String, OpenSource>> files;
  private String file;
  private String version;
  private Iterator<? extends Split> splits = Collections.emptyIterator();

  FileSplits(Map<String, OpenSource> files) {
    this.files = files.entrySet().iterator();
  }

  @Override
  public boolean hasNext() {
    try {
      while (!splits.hasNext() && files.hasNext()) {
        Map.Entry<String, OpenSource> next = files.next();
        file = next.getKey();
        version = next.getValue().version();
        splits = next.getValue().splits();
      }
      return splits.hasNext();
    } catch (UncheckedIOException e) {
      throw new UncheckedIOException(StandardInput.named(e.getCause()));
    } catch (IOException e) {
      throw new UncheckedIOException(StandardInput.named(e));
    }
  }

  @Override
  public FileSplit next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return new FileSplit(file, version, splits.next());
  }
}
