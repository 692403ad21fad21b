package dev.baton.operators.text;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.operators.internal.Murmur3;
import java.util.Arrays;
import java.util.List;

/** Hashes terms to features and counts them. */
final class HashingKernel implements Kernel {
  private final HashingVectorizer operator;
  private final List<Vectored> columns;
  private final KernelContext context;
  private final Terms terms;
  private long[] hits = new long[64];

  HashingKernel(HashingVectorizer operator, List<VectorForm> forms, KernelContext context) {
    this.operator = operator;
    this.columns = forms.stream().map(Vectored::new).toList();
    this.context = context;
    this.terms = new Terms(operator.analyzer());
  }

  @Override
  public void apply(Batch batch) {
    for (Vectored vectors : columns) {
      Documents documents = new Documents(batch.column(vectors.column()), terms);
      vectors.start(batch.rows());
      for (int row = 0; row < batch.rows(); row++) {
        if (documents.cut(row)) {
          hash();
          count(vectors);
        }
        vectors.end(row, operator.norm());
        documents.checkpoint(context);
      }
      vectors.put(batch, operator.features(), context.allocator());
    }
  }

  /** Hashes the terms: the feature in the upper half, 1 below if it counts as -1. */
  private void hash() {
    int features = operator.features();
    boolean signed = operator.signed();
    if (terms.count > hits.length) {
      hits = new long[Math.max(terms.count, 2 * hits.length)];
    }
    for (int i = 0; i < terms.count; i++) {
      int hash = Murmur3.of(terms.address(i), terms.length(i));
      // The remainder of an int is several times faster, but one int has no absolute value.
      int feature =
          hash == Integer.MIN_VALUE ? (int) ((1L << 31) % features) : Math.abs(hash) % features;
      hits[i] = (long) feature << 32 | (signed ? hash >>> 31 : 0);
    }
    Arrays.sort(hits, 0, terms.count);
  }

  private void count(Vectored vectors) {
    for (int i = 0; i < terms.count; ) {
      long feature = hits[i] >>> 32;
      int total = 0;
      for (; i < terms.count && hits[i] >>> 32 == feature; i++) {
        total += (hits[i] & 1) == 0 ? 1 : -1;
      }
      if (operator.binary()) {
        vectors.add((int) feature, 1);
      } else if (total != 0) {
        vectors.add((int) feature, total);
      }
    }
  }
}
