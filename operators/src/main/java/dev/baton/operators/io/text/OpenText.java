package dev.baton.operators.io.text;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import dev.baton.operators.io.ByteSplits;
import dev.baton.operators.io.InputFile;
import dev.baton.operators.io.LineCount;
import dev.baton.operators.io.PackedText;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/** A text file that is there. */
final class OpenText implements OpenSource {
  private final TextSource source;
  private final InputFile file;
  private final ByteSplits splits;
  private final long bytes;

  /** Where the text starts in a compressed file; -1 in another. */
  private final int packedStart;

  private final List<PackedText> unpacking = new CopyOnWriteArrayList<>();

  /** Of the run; null for one that nothing counts in. */
  private volatile BufferAllocator memory;

  private volatile boolean origins;

  private OpenText(TextSource source, InputFile file, long start, int packedStart) {
    this.source = source;
    this.file = file;
    this.packedStart = packedStart;
    this.bytes = packedStart >= 0 ? -1 : file.size() - start;
    this.splits = new ByteSplits(start, file.size(), source.splitBytes(), () -> search(start));
  }

  private ByteSplits.Search search(long start) throws IOException {
    LineSearch search = new LineSearch(file, start, source.rows() == TextSource.Unit.PARAGRAPHS);
    // Line numbers are for those who go on after bad rows; else one is counted when it is needed.
    boolean strict = source.bad() instanceof OnBad.Fail;
    return origins || !strict ? new LineCount(file, search, start) : search;
  }

  static OpenText open(TextSource source, InputFile file) throws IOException {
    if (!PackedText.is(file)) {
      return new OpenText(source, file, file.textStart(), -1);
    }
    if (source.rows() == TextSource.Unit.PARAGRAPHS) {
      throw new SourceException(
          file.path() + " is compressed, so it can be read by lines only; unpack it first");
    }
    return new OpenText(source, file, 0, PackedText.textStart(file));
  }

  @Override
  public Schema schema() {
    return new Schema(List.of(Types.field(source.column(), Types.UTF8)));
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public OnBad onBad() {
    return source.bad();
  }

  @Override
  public void keepOrigins() {
    origins = true;
  }

  @Override
  public String version() {
    return file.version();
  }

  @Override
  public void within(BufferAllocator memory) {
    this.memory = memory;
  }

  @Override
  public Iterator<? extends Split> splits() throws IOException {
    if (packedStart < 0) {
      return splits.iterator();
    }
    PackedText text = PackedText.lines(file);
    unpacking.add(text);
    text.within(memory);
    text.skip(packedStart);
    return text.splits(source.splitBytes());
  }

  @Override
  public boolean splitsTravel() {
    return packedStart < 0;
  }

  @Override
  public Decoder decoder(List<String> columns, KernelContext context) {
    return new TextDecoder(source, file, !columns.isEmpty(), origins, context);
  }

  @Override
  public void close() throws IOException {
    splits.close();
    for (PackedText text : unpacking) {
      text.close();
    }
  }
}
