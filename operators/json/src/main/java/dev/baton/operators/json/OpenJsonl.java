package dev.baton.operators.json;

import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OnBad;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import dev.baton.operators.io.ByteSplits;
import dev.baton.operators.io.InputFile;
import dev.baton.operators.io.PackedText;
import dev.baton.operators.io.fields.FieldColumn;
import dev.baton.operators.io.fields.FieldDecoder;
import dev.baton.operators.io.fields.FieldTable;
import dev.baton.operators.io.fields.NullTokens;
import dev.baton.operators.io.files.Guessed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/** A file of JSON Lines whose columns and types are known. */
final class OpenJsonl implements OpenSource, Guessed {
  private final JsonlSource source;
  private final JsonFile file;
  private final FieldTable table;
  private final Schema schema;
  private final Set<String> withoutValues;

  /** Null for a compressed file. */
  private final ByteSplits splits;

  private final List<PackedText> unpacking = new CopyOnWriteArrayList<>();

  /** Of the run; null for one that nothing counts in. */
  private volatile BufferAllocator memory;

  private volatile boolean origins;

  private OpenJsonl(
      JsonlSource source, JsonFile file, FieldTable table, Set<String> withoutValues) {
    this.source = source;
    this.file = file;
    this.table = table;
    this.withoutValues = withoutValues;
    this.schema = new Schema(table.columns().stream().map(FieldColumn::field).toList());
    // Line numbers are for those who go on after bad rows; else one is counted when it is needed.
    this.splits =
        file.packed() ? null : file.splits(source.splitBytes(), () -> !table.strict() || origins);
  }

  /**
   * Opens a file.
   *
   * @param expected null, or types of columns that are not declared; columns that the sample has
   *     not are no error
   */
  static OpenJsonl open(JsonlSource source, InputFile input, Schema expected) throws IOException {
    JsonFile file = JsonFile.of(input);
    boolean strict = source.bad() instanceof OnBad.Fail;
    Map<String, String> known = FieldTable.readable(expected);
    known.putAll(source.types());
    Map<String, JsonGuess> found = new LinkedHashMap<>();
    if (source.sampleRows() > 0) {
      found.putAll(JsonSample.columns(file, source.types().keySet(), source.sampleRows(), strict));
    }
    source.types().keySet().forEach(name -> found.putIfAbsent(name, new JsonGuess()));
    if (found.isEmpty()) {
      throw new SourceException(
          input.path()
              + " has no key in the rows looked at; declare its columns in 'types', or raise"
              + " 'sampleRows'");
    }
    List<FieldColumn> columns = new ArrayList<>();
    Set<String> withoutValues = new HashSet<>();
    found.forEach(
        (name, guess) -> {
          String type = known.get(name);
          if (type == null && guess.empty()) {
            withoutValues.add(name);
          }
          columns.add(
              new FieldColumn(
                  columns.size(),
                  name,
                  type != null ? Types.parse(type) : guess.type(),
                  type != null,
                  JsonFormat.INSTANCE));
        });
    return new OpenJsonl(
        source,
        file,
        new FieldTable(file.input(), columns, new NullTokens(List.of("")), source.bad()),
        Set.copyOf(withoutValues));
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
    return file.packed() ? -1 : file.input().size() - file.start();
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
    if (splits != null) {
      return splits.iterator();
    }
    PackedText text = file.unpack();
    unpacking.add(text);
    text.within(memory);
    return text.splits(source.splitBytes());
  }

  @Override
  public boolean splitsTravel() {
    return splits != null;
  }

  @Override
  public Decoder decoder(List<String> columns, KernelContext context) {
    boolean failUnknown = source.unknown() == JsonlSource.Unknown.FAIL;
    return new FieldDecoder(
        table,
        columns,
        bad -> new JsonIndexer(table.columns(), columns, failUnknown, bad),
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
