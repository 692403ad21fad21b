package dev.baton.operators.encode;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.operators.internal.IntSort;
import dev.baton.operators.internal.KeyTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The distinct labels of some columns, which are only numbered after sorting. */
public final class LabelState implements FitState<LabelState> {
  private final List<String> columns;
  private final List<KeyTable> seen = new ArrayList<>();
  private final Labels labels;

  LabelState(List<String> columns, String delimiter) {
    this.columns = columns;
    this.labels = new Labels(delimiter);
    columns.forEach(column -> seen.add(new KeyTable()));
  }

  @Override
  public void observe(Batch batch) {
    for (int i = 0; i < columns.size(); i++) {
      KeyTable keys = seen.get(i);
      labels.open(batch.column(columns.get(i)));
      for (int row = 0; row < batch.rows(); row++) {
        labels.start(row);
        while (labels.next()) {
          keys.add(labels.address, labels.length);
        }
      }
    }
  }

  @Override
  public void merge(LabelState later) {
    for (int i = 0; i < seen.size(); i++) {
      KeyTable keys = later.seen.get(i);
      for (int number = 0; number < keys.size(); number++) {
        seen.get(i).add(keys, number);
      }
    }
  }

  @Override
  public void write(StateWriter out) {
    seen.forEach(keys -> keys.write(out));
  }

  @Override
  public void read(StateReader in) {
    seen.forEach(keys -> keys.read(in));
  }

  /** The labels of a column, ascending by code points. */
  List<String> labels(int column) {
    KeyTable keys = seen.get(column);
    int[] sorted = IntSort.order(keys.size(), keys::compareBytes);
    return IntStream.of(sorted).mapToObj(keys::text).toList();
  }
}
