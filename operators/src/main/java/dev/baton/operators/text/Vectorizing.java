package dev.baton.operators.text;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * A fitted {@link CountVectorizer} or {@link TfidfVectorizer}.
 *
 * @param columns what was seen of each column
 * @param analyzer as in the estimator
 * @param binary as in the estimator
 * @param sublinear as in the estimator
 * @param norm as in the estimator
 * @param output as in the estimator
 */
record Vectorizing(
    List<Column> columns,
    Analyzer analyzer,
    boolean binary,
    boolean sublinear,
    Norm norm,
    Output output)
    implements Transform {

  /**
   * One fitted column.
   *
   * @param name the column
   * @param terms in the order of their features
   * @param weights what each count is multiplied by; empty for plain counts, which are whole
   */
  public record Column(String name, List<String> terms, List<Double> weights) {
    public Column {
      terms = List.copyOf(terms);
      weights = List.copyOf(weights);
    }

    ArrowType element() {
      return weights.isEmpty() ? Types.INT32 : Types.FLOAT64;
    }
  }

  public Vectorizing {
    columns = List.copyOf(columns);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Features> features = new ArrayList<>();
    List<VectorForm> forms = new ArrayList<>();
    for (Column column : columns) {
      Documents.read(Columns.of(column.name), binder);
      features.add(new Features(column));
      forms.add(
          VectorForm.of(
              column.name, true, output, column.element(), column.terms.size(), column.terms::get));
    }
    VectorForm.declare(forms, binder);
    return binder.transform(context -> new VectorizingKernel(features, forms, context));
  }

  private final class VectorizingKernel implements Kernel {
    private final List<Features> features;
    private final KernelContext context;
    private final Terms terms = new Terms(analyzer);
    private final List<Vectored> vectors;
    private final Hits hits;

    VectorizingKernel(List<Features> features, List<VectorForm> forms, KernelContext context) {
      this.features = features;
      this.context = context;
      this.hits = new Hits(binary, sublinear);
      this.vectors = forms.stream().map(Vectored::new).toList();
    }

    @Override
    public void apply(Batch batch) {
      for (int i = 0; i < features.size(); i++) {
        Features column = features.get(i);
        Vectored vectored = vectors.get(i);
        Documents documents = new Documents(batch.column(column.name), terms);
        vectored.start(batch.rows());
        for (int row = 0; row < batch.rows(); row++) {
          if (documents.cut(row)) {
            hits.count(terms, column);
            for (int hit = 0; hit < hits.count; hit++) {
              vectored.add(hits.features[hit], hits.values[hit]);
            }
          }
          vectored.end(row, norm);
          documents.checkpoint(context);
        }
        vectored.put(batch, column.size(), context.allocator());
      }
    }
  }
}
