package dev.baton.operators.io.csv;

import dev.baton.engine.batch.Names;
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
import dev.baton.operators.io.fields.BadRecords;
import dev.baton.operators.io.fields.FieldColumn;
import dev.baton.operators.io.fields.FieldDecoder;
import dev.baton.operators.io.fields.FieldTable;
import dev.baton.operators.io.fields.NullTokens;
import dev.baton.operators.io.files.Guessed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;

/** A CSV file whose columns and types are known. */
final class OpenCsv implements OpenSource, Guessed {
  private final FieldTable table;
  private final CsvFile file;
  private final CsvHead head;
  private final int splitBytes;
  private final Set<String> withoutValues;

  /** Null for a compressed file. */
  private final ByteSplits splits;

  private final Schema schema;
  private final List<PackedText> unpacking = new CopyOnWriteArrayList<>();

  /** Of the run; null for one that nothing counts in. */
  private volatile BufferAllocator memory;

  private final long bytes;
  private volatile boolean origins;

  private OpenCsv(
      FieldTable table, CsvFile file, CsvHead head, int splitBytes, Set<String> withoutValues) {
    this.withoutValues = withoutValues;
    this.table = table;
    this.file = file;
    this.head = head;
    this.splitBytes = splitBytes;
    this.schema = new Schema(table.columns().stream().map(FieldColumn::field).toList());
    this.bytes = file.packed() ? -1 : file.size() - head.rows();
    this.splits =
        file.packed() ? null : new ByteSplits(head.rows(), file.size(), splitBytes, this::search);
  }

  /**
   * Opens a file.
   *
   * @param expected null, or types of columns that are not declared; columns the file has not are
   *     no error
   */
  static OpenCsv open(CsvSource source, InputFile input, Schema expected) throws IOException {
    Path path = input.path();
    CsvFile file = new CsvFile(input, (byte) source.delimiter().charAt(0), PackedText.is(input));
    CsvHead head =
        file.packed() ? CsvHead.unpack(file, source.header()) : CsvHead.read(file, source.header());
    checkDeclared(source, path, head);
    NullTokens nulls = new NullTokens(source.nulls());
    Map<String, String> types = FieldTable.readable(expected);
    types.putAll(source.types());
    List<TypeGuess> guesses = null;
    Set<String> withoutValues = new HashSet<>();
    if (!types.keySet().containsAll(head.names())) {
      guesses =
          Sample.guesses(
              file,
              head,
              nulls,
              source.sampleRows(),
              source.bad() instanceof OnBad.Fail ? null : new BadRecords(null));
    }
    List<FieldColumn> columns = new ArrayList<>();
    for (int i = 0; i < head.names().size(); i++) {
      String name = head.names().get(i);
      String declared = types.get(name);
      ArrowType type = declared != null ? Types.parse(declared) : guesses.get(i).type();
      if (declared == null && !guesses.get(i).any()) {
        withoutValues.add(name);
      }
      columns.add(new FieldColumn(i, name, type, declared != null, CsvFormat.INSTANCE));
    }
    FieldTable table = new FieldTable(input, columns, nulls, source.bad());
    return new OpenCsv(table, file, head, source.splitBytes(), Set.copyOf(withoutValues));
  }

  /** Line numbers are for those who go on after bad rows; else one is counted when it is needed. */
  private ByteSplits.Search search() throws IOException {
    RecordSearch search = new RecordSearch(file, head.rows());
    return table.strict() && !origins ? search : new LineCount(file.input(), search, head.rows());
  }

  /** All that is wrong, at once. */
  private static void checkDeclared(CsvSource source, Path path, CsvHead head)
      throws SourceException {
    List<String> wrong =
        source.types().keySet().stream()
            .filter(name -> !head.names().contains(name))
            .map(
                name ->
                    "'types' names a column '"
                        + name
                        + "' which the file has not"
                        + Names.hint(name, head.names()))
            .toList();
    if (!wrong.isEmpty()) {
      throw new SourceException(path + ": " + String.join("\n  ", wrong));
    }
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public Set<String> withoutValues() {
    return withoutValues;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public OnBad onBad() {
    return table.onBad();
  }

  @Override
  public void keepOrigins() {
    origins = true;
  }

  @Override
  public String version() {
    return file.input().version();
  }

  @Override
  public void within(BufferAllocator memory) {
    this.memory = memory;
  }

  @Override
  public Iterator<? extends Split> splits() throws IOException {
    return splits != null ? splits.iterator() : unpack();
  }

  private Iterator<? extends Split> unpack() throws IOException {
    PackedText text = file.unpack(head);
    unpacking.add(text);
    text.within(memory);
    return text.splits(splitBytes);
  }

  @Override
  public boolean splitsTravel() {
    return splits != null;
  }

  @Override
  public Decoder decoder(List<String> columns, KernelContext context) throws IOException {
    return new FieldDecoder(
        table,
        columns,
        bad -> new Tokenizer(schema.getFields().size(), file.delimiter(), bad),
        origins,
        context);
  }

  @Override
  public void close() throws IOException {
    if (splits != null) {
      splits.close();
    }
    for (PackedText text : unpacking) {
      text.close();
    }
  }
}
