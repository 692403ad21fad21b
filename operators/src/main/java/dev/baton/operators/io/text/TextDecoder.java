package dev.baton.operators.io.text;

import dev.baton.engine.batch.BadRows;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import dev.baton.operators.internal.Strings;
import dev.baton.operators.internal.Swar;
import dev.baton.operators.internal.TextBuilder;
import dev.baton.operators.internal.Utf8;
import dev.baton.operators.io.ByteSplits;
import dev.baton.operators.io.InputFile;
import dev.baton.operators.io.LineCount;
import dev.baton.operators.io.PackedText;
import dev.baton.operators.io.RowPlaces;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;

/** Reads a split into memory as a whole and cuts it into rows, a batch at a time. */
final class TextDecoder implements Decoder {
  private static final int MOST_ROWS = 64 * 1024;
  private static final int MOST_BATCH_BYTES = 16 << 20;
  private static final int NULL = -1;
  private static final long NEWLINES = Swar.broadcast('\n');

  private final TextSource source;
  private final InputFile file;
  private final boolean wanted;
  private final KernelContext context;

  /** Null when nobody asks where rows come from. */
  private final RowPlaces places;

  private FileChannel channel;
  private ArrowBuf text;
  private Split split;

  /** Where the split starts in the text of the file, and in which line, 0 if that is not known. */
  private long start;

  private long line;
  private boolean loaded;

  /** Whether there are rows in the split that are not UTF-8. */
  private boolean hasBad;

  private long base;
  private int length;
  private int position;

  /** Where each row of a batch starts and ends in the split; at {@link #NULL} without a value. */
  private int[] starts = new int[1024];

  private int[] ends = new int[1024];
  private int rows;

  /**
   * @param wanted whether the text is, or only the number of rows
   * @param origins whether batches are to tell where their rows came from
   */
  TextDecoder(
      TextSource source, InputFile file, boolean wanted, boolean origins, KernelContext context) {
    this.source = source;
    this.file = file;
    this.wanted = wanted;
    this.context = context;
    this.places = origins ? new RowPlaces(file.path()) : null;
  }

  @Override
  public void start(Split split) {
    this.split = split;
    loaded = false;
    if (split instanceof PackedText.Block block) {
      start = block.start();
      line = block.line();
      length = block.length();
    } else {
      ByteSplits.Range range = (ByteSplits.Range) split;
      start = range.start();
      line = range.line();
      length = (int) range.bytes();
    }
    if (places != null) {
      places.startText(start, line);
    }
  }

  @Override
  public Batch next() throws Exception {
    if (!loaded) {
      load();
    }
    rows = 0;
    int first = position;
    while (position < length && rows < MOST_ROWS && position - first < MOST_BATCH_BYTES) {
      if (source.rows() == TextSource.Unit.PARAGRAPHS) {
        paragraph();
      } else {
        int start = position;
        add(start, line());
      }
      if ((rows & 0xFFF) == 0) {
        context.checkpoint();
      }
    }
    if (rows == 0) {
      return null;
    }
    BadRows bad = hasBad ? setAsideBad() : null;
    Batch batch = wanted ? column(position - first) : Batch.of(rows, List.of());
    if (places != null) {
      for (int row = 0; row < rows; row++) {
        places.add(base, starts[row]);
      }
      batch.origin(places.take());
    }
    if (bad != null) {
      batch.bad(bad);
    }
    return batch;
  }

  /** Leaves out the rows of a batch that are not UTF-8, or takes their values. Null for none. */
  private BadRows setAsideBad() {
    List<BadRows.Finding> found = new ArrayList<>();
    int count = 0;
    int kept = 0;
    for (int row = 0; row < rows; row++) {
      int from = starts[row];
      int end = ends[row];
      if (!Utf8.valid(base + from, base + end)) {
        if (count++ == 0 || source.bad() instanceof OnBad.Reject) {
          found.add(finding(from, end));
        }
        if (!(source.bad() instanceof OnBad.MakeNull)) {
          continue;
        }
        end = NULL;
      }
      starts[kept] = from;
      ends[kept++] = end;
    }
    rows = kept;
    return count == 0 ? null : new BadRows(count, found);
  }

  /** Of a paragraph the first line that is not UTF-8 is told. */
  private BadRows.Finding finding(int from, int end) {
    int at = from;
    int stop = lineEnd(at, end);
    while (Utf8.valid(base + at, base + stop)) {
      at = stop + 1;
      stop = lineEnd(at, end);
    }
    byte[] row = new byte[end - from];
    Memory.copyToArray(base + from, row, 0, row.length);
    return new BadRows.Finding(
        file.path().toString(),
        line + LineCount.newlines(base, at),
        start + at,
        source.column(),
        rule(at, trimmed(at, stop)),
        new String(row, StandardCharsets.ISO_8859_1));
  }

  private String rule(int from, int end) {
    return "expected UTF-8 text but found '"
        + Strings.of(base + from, Math.min(80, end - from))
        + "'";
  }

  /** Where the line that goes on there ends in a row: at its line feed, or where the row ends. */
  private int lineEnd(int from, int end) {
    int at = from;
    while (at < end && Memory.getByte(base + at) != '\n') {
      at++;
    }
    return at;
  }

  private void load() throws Exception {
    if (text == null || text.capacity() < length) {
      release();
      text = context.allocator().buffer(Math.max(1, length));
    }
    base = text.memoryAddress();
    if (split instanceof PackedText.Block block) {
      Memory.copy(block.address(), base, length);
    } else {
      read();
    }
    position = 0;
    loaded = true;
    hasBad = !Utf8.valid(base, base + length);
    if (hasBad && source.bad() instanceof OnBad.Fail) {
      throw notUtf8();
    }
  }

  private void read() throws Exception {
    context.blocking(
        () -> {
          channel = channel == null ? file.channel() : channel;
          file.read(channel, text.nioBuffer(0, length), start);
          return null;
        });
  }

  /** Passes a line; returns where it ends, without its line end. */
  private int line() {
    int at = position;
    while (at + 8 <= length && Swar.match(Memory.getLong(base + at), NEWLINES) == 0) {
      at += 8;
    }
    while (at < length && Memory.getByte(base + at) != '\n') {
      at++;
    }
    int end = at > position && Memory.getByte(base + at - 1) == '\r' ? at - 1 : at;
    position = Math.min(length, at + 1);
    return end;
  }

  /** Passes blank lines, then a paragraph, which becomes a row if there is one. */
  private void paragraph() {
    int start = -1;
    int end = 0;
    while (position < length) {
      int from = position;
      int to = line();
      boolean blank = trimmed(from, to) == from;
      if (blank && start >= 0) {
        break;
      }
      if (!blank) {
        start = start < 0 ? from : start;
        end = to;
      }
    }
    if (start >= 0) {
      add(start, end);
    }
  }

  private void add(int start, int end) {
    if (rows == starts.length) {
      starts = Arrays.copyOf(starts, 2 * rows);
      ends = Arrays.copyOf(ends, 2 * rows);
    }
    starts[rows] = start;
    ends[rows++] = end;
  }

  private Batch column(int bytes) {
    try (TextBuilder builder = new TextBuilder(source.column(), rows, bytes, context.allocator())) {
      for (int row = 0; row < rows; row++) {
        int size = ends[row] - starts[row];
        if (ends[row] == NULL) {
          builder.appendNull();
        } else if (source.rows() == TextSource.Unit.PARAGRAPHS) {
          builder.appendTo(join(starts[row], ends[row], builder.room(size)));
        } else {
          builder.append(base + starts[row], size);
        }
      }
      return Batch.of(rows, List.of(builder.finish()));
    }
  }

  /** Writes the lines of a paragraph, joined by spaces; returns the address behind. */
  private long join(int start, int end, long to) {
    long at = to;
    int from = start;
    while (from < end) {
      int stop = lineEnd(from, end);
      while (from < stop && isBlank(Memory.getByte(base + from))) {
        from++;
      }
      int last = trimmed(from, stop);
      if (at > to) {
        Memory.putByte(at++, (byte) ' ');
      }
      Memory.copy(base + from, at, last - from);
      at += last - from;
      from = stop + 1;
    }
    return at;
  }

  /** Where a piece of text ends without the blanks behind. */
  private int trimmed(int from, int to) {
    int end = to;
    while (end > from && isBlank(Memory.getByte(base + end - 1))) {
      end--;
    }
    return end;
  }

  private static boolean isBlank(byte letter) {
    return letter == ' ' || letter == '\t' || letter == '\r';
  }

  private SourceException notUtf8() throws IOException {
    while (position < length) {
      int from = position;
      int end = line();
      if (!Utf8.valid(base + from, base + end)) {
        return new SourceException(
            place(from) + ": " + rule(from, end) + "; convert the file to UTF-8");
      }
    }
    throw new IllegalStateException("invalid as a whole but valid line by line");
  }

  private String place(int from) throws IOException {
    return split instanceof PackedText.Block block
        ? InputFile.place(file.path(), block.line() + LineCount.newlines(base, from), start + from)
        : file.place(start + from);
  }

  private void release() {
    if (text != null) {
      text.close();
      text = null;
    }
  }

  @Override
  public void close() throws IOException {
    release();
    if (channel != null) {
      channel.close();
    }
  }
}
