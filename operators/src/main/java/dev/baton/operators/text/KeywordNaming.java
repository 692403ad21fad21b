package dev.baton.operators.text;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Types;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.operators.internal.TextBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A fitted {@link Keywords}.
 *
 * @param columns the terms of each column and what they weigh
 * @param analyzer as in the estimator
 * @param most as in the estimator
 */
record KeywordNaming(List<Vectorizing.Column> columns, Analyzer analyzer, int most)
    implements Transform {
  private static final byte[] PART = {',', ' '};

  public KeywordNaming {
    columns = List.copyOf(columns);
  }

  static String column(String name) {
    return name + "_keywords";
  }

  @Override
  public BoundTransform bind(Binder binder) {
    List<Features> features = new ArrayList<>();
    List<List<byte[]>> texts = new ArrayList<>();
    for (Vectorizing.Column column : columns) {
      Documents.read(Columns.of(column.name()), binder);
      binder.put(Types.field(column(column.name()), Types.UTF8));
      features.add(new Features(column));
      texts.add(
          column.terms().stream().map(term -> term.getBytes(StandardCharsets.UTF_8)).toList());
    }
    return binder.transform(context -> new NamingKernel(features, texts, context));
  }

  private final class NamingKernel implements Kernel {
    private final List<Features> features;
    private final List<List<byte[]>> texts;
    private final KernelContext context;
    private final Terms terms = new Terms(analyzer);
    private final Hits hits = new Hits(false, false);
    private final Scratch named = new Scratch();

    NamingKernel(List<Features> features, List<List<byte[]>> texts, KernelContext context) {
      this.features = features;
      this.texts = texts;
      this.context = context;
    }

    @Override
    public void apply(Batch batch) {
      for (int i = 0; i < features.size(); i++) {
        Features column = features.get(i);
        Documents documents = new Documents(batch.column(column.name), terms);
        try (TextBuilder builder =
            new TextBuilder(
                column(column.name), batch.rows(), 32L * batch.rows(), context.allocator())) {
          for (int row = 0; row < batch.rows(); row++) {
            if (documents.cut(row)) {
              hits.count(terms, column);
              name(texts.get(i));
              builder.append(named.base(), named.size);
            } else {
              builder.appendNull();
            }
            documents.checkpoint(context);
          }
          batch.put(builder.finish());
        }
      }
    }

    /** Takes the heaviest hit away again and again. */
    private void name(List<byte[]> texts) {
      named.size = 0;
      for (int left = most; left > 0; left--) {
        int best = -1;
        double weight = 0;
        for (int i = 0; i < hits.count; i++) {
          if (hits.values[i] > weight) {
            best = i;
            weight = hits.values[i];
          }
        }
        if (best < 0) {
          return;
        }
        hits.values[best] = 0;
        if (named.size > 0) {
          named.put(PART);
        }
        named.put(texts.get(hits.features[best]));
      }
    }
  }
}
