package dev.baton.operators.io.csv;

import dev.baton.engine.batch.Names;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.SourceException;
import dev.baton.engine.source.Split;
import dev.baton.operators.io.InputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;

/** A CSV file whose columns and types are known. */
final class OpenCsv implements OpenSource {
  private final CsvTable table;
  private final CsvSplits splits;
  private final Schema schema;
  private final long bytes;

  private OpenCsv(CsvTable table, CsvSplits splits, long bytes) {
    this.table = table;
    this.splits = splits;
    this.bytes = bytes;
    this.schema = new Schema(table.columns().stream().map(CsvColumn::field).toList());
  }

  static OpenCsv open(CsvSource source) throws IOException {
    CsvFile file = new CsvFile(InputFile.of(source.path()), (byte) source.delimiter().charAt(0));
    CsvHead head = CsvHead.read(file, source.header());
    for (String name : source.types().keySet()) {
      if (!head.names().contains(name)) {
        throw new SourceException(
            file.path()
                + ": 'types' names a column '"
                + name
                + "' which the file has not"
                + Names.hint(name, head.names()));
      }
    }
    NullTokens nulls = new NullTokens(source.nulls());
    List<ArrowType> guesses = null;
    if (source.types().size() < head.names().size()) {
      guesses = Sample.types(file, head, nulls, source.sampleRows());
    }
    List<CsvColumn> columns = new ArrayList<>();
    for (int i = 0; i < head.names().size(); i++) {
      String name = head.names().get(i);
      String declared = source.types().get(name);
      ArrowType type = declared != null ? Types.parse(declared) : guesses.get(i);
      columns.add(new CsvColumn(i, name, type, declared != null));
    }
    CsvSplits splits = new CsvSplits(file, head.rows(), source.splitBytes());
    return new OpenCsv(new CsvTable(file, columns, nulls), splits, file.size() - head.rows());
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public Iterator<? extends Split> splits() {
    return new Iterator<Split>() {
      private int number;
      private Split next;

      @Override
      public boolean hasNext() {
        try {
          next = next != null ? next : splits.get(number);
          return next != null;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public Split next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        Split split = next;
        next = null;
        number++;
        return split;
      }
    };
  }

  @Override
  public Decoder decoder(List<String> columns, KernelContext context) throws IOException {
    return new CsvDecoder(table, columns, context);
  }

  @Override
  public void close() throws IOException {
    splits.close();
  }
}
