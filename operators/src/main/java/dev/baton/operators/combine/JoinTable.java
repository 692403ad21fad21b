package dev.baton.operators.combine;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.Split;
import dev.baton.operators.internal.KeyTable;
import dev.baton.operators.internal.RowKeys;
import dev.baton.operators.internal.SmallTable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** The table of a {@link Join}, read by the first worker that needs it, for all of them. */
final class JoinTable {
  private final Source source;
  private final List<Field> keys;
  private final List<Field> added;
  private Content content;

  JoinTable(Source source, List<Field> keys, List<Field> added) {
    this.source = source;
    this.keys = keys;
    this.added = added;
  }

  /** Fails when a column cannot be added. */
  static void check(Field field) {
    for (TypeFamily family : RowKeys.types()) {
      if (family.accepts(field.getType())) {
        return;
      }
    }
    throw new BindException(
        String.format(
            "column '%s' of the table is %s, which cannot be added; name others in add",
            field.getName(), Types.name(field.getType())));
  }

  /**
   * The rows with a key: their keys, whose numbers they have, and the columns to add. Immutable.
   */
  record Content(KeyTable keys, List<Column> columns) {}

  /** A column, row by row, as {@link RingColumn} has words. */
  static final class Column {
    final Field field;
    private final RingColumn reader;
    private final LongList words = new LongList();
    private final BitSet has = new BitSet();

    private Column(Field field) {
      this.field = field;
      this.reader = new RingColumn(field, Scan.Keep.ROWS);
    }

    boolean isText() {
      return reader.isText();
    }

    KeyTable texts() {
      return reader.texts();
    }

    boolean has(int row) {
      return has.get(row);
    }

    long word(int row) {
      return words.get(row);
    }

    private void append(FieldVector vector, int rows) {
      reader.load(vector, rows);
      reader.settle(vector, rows);
      for (int row = 0; row < rows; row++) {
        has.set(words.size(), reader.hasIn[row]);
        words.add(reader.in[row]);
      }
    }
  }

  /** The table, which the first call reads. */
  Content content(KernelContext context) {
    try {
      // A worker that waits for another to read the table must not hold the global lock meanwhile.
      return context.blocking(() -> readOnce(context));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw Join.unreadable(e);
    }
  }

  private synchronized Content readOnce(KernelContext context) throws Exception {
    if (content == null) {
      content = read(context);
    }
    return content;
  }

  private Content read(KernelContext context) throws Exception {
    Content read = new Content(new KeyTable(), added.stream().map(Column::new).toList());
    RowKeys rowKeys = new RowKeys(keys);
    try (OpenSource open = source.open()) {
      SmallTable.checkStrict(open);
      Set<String> wanted =
          Stream.concat(keys.stream(), added.stream())
              .map(Field::getName)
              .collect(Collectors.toCollection(LinkedHashSet::new));
      List<String> columns =
          open.schema().getFields().stream().map(Field::getName).filter(wanted::contains).toList();
      try (Decoder decoder = open.decoder(columns, context)) {
        for (Iterator<? extends Split> splits = open.splits(); splits.hasNext(); ) {
          decoder.start(splits.next());
          for (Batch next = decoder.next(); next != null; next = decoder.next()) {
            try (Batch batch = next) {
              dropNullKeys(batch, context);
              append(batch, rowKeys, read);
            }
          }
        }
      }
    }
    return read;
  }

  private void dropNullKeys(Batch batch, KernelContext context) {
    int[] kept = new int[batch.rows()];
    int count = 0;
    for (int row = 0; row < batch.rows(); row++) {
      boolean valid = true;
      for (Field key : keys) {
        valid &= Validity.isSet(Validity.address(batch.column(key.getName())), row);
      }
      kept[count] = row;
      count += valid ? 1 : 0;
    }
    if (count < batch.rows()) {
      batch.take(kept, count, context.allocator());
    }
  }

  private void append(Batch batch, RowKeys rowKeys, Content to) {
    int[] numbers = new int[batch.rows()];
    int next = to.keys().size();
    rowKeys.add(batch, to.keys(), numbers);
    for (int row = 0; row < batch.rows(); row++) {
      if (numbers[row] != next++) {
        throw new BindException(
            String.format(
                "the table has the key %s more than once; put a deduplicate step into a pipeline"
                    + " that writes it",
                describe(batch, row)));
      }
    }
    for (Column column : to.columns()) {
      column.append(batch.column(column.field.getName()), batch.rows());
    }
  }

  private String describe(Batch batch, int row) {
    List<String> values = new ArrayList<>();
    for (Field key : keys) {
      values.add(key.getName() + "=" + batch.column(key.getName()).getObject(row));
    }
    return String.join(", ", values);
  }
}
