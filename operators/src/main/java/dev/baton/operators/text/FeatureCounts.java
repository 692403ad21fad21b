package dev.baton.operators.text;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.operators.internal.KeyCounts;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** In how many vectors of some columns each feature is not 0; exact. */
public final class FeatureCounts implements FitState<FeatureCounts> {
  private final List<Column> columns = new ArrayList<>();

  FeatureCounts(List<TfidfTransformer.Vector> vectors) {
    vectors.forEach(vector -> columns.add(new Column(vector)));
  }

  private static final class Column {
    private final TfidfTransformer.Vector vector;
    private final VectorReader reader = new VectorReader();
    private final KeyCounts counts = new KeyCounts();
    private long documents;

    Column(TfidfTransformer.Vector vector) {
      this.vector = vector;
    }

    private void observe(Batch batch) {
      FieldVector lists = batch.column(vector.values());
      reader.open(batch, vector);
      for (int row = 0; row < batch.rows(); row++) {
        if (Validity.isSet(Validity.address(lists), row)) {
          documents++;
          int count = reader.read(row);
          for (int i = 0; i < count; i++) {
            if (reader.values[i] != 0) {
              counts.add(reader.features[i]);
            }
          }
        }
      }
    }
  }

  @Override
  public void observe(Batch batch) {
    columns.forEach(column -> column.observe(batch));
  }

  @Override
  public void merge(FeatureCounts later) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).counts.merge(later.columns.get(i).counts);
      columns.get(i).documents += later.columns.get(i).documents;
    }
  }

  @Override
  public void write(StateWriter out) {
    for (Column column : columns) {
      out.longs(column.documents);
      column.counts.write(out);
    }
  }

  @Override
  public void read(StateReader in) {
    for (Column column : columns) {
      column.documents = in.longs()[0];
      column.counts.read(in);
    }
  }

  /** What was seen, features ascending. */
  List<Reweighting.Column> seen() {
    List<Reweighting.Column> seen = new ArrayList<>();
    for (Column column : columns) {
      List<Reweighting.Feature> features = new ArrayList<>();
      for (int i = 0; i < column.counts.keys().size(); i++) {
        features.add(
            new Reweighting.Feature(column.counts.keys().value(i), column.counts.count(i)));
      }
      features.sort((a, b) -> Long.compare(a.feature(), b.feature()));
      seen.add(
          new Reweighting.Column(
              column.vector.values(), column.vector.indices(), column.documents, features));
    }
    return seen;
  }
}
