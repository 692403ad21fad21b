package dev.baton.operators.text;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.BindException;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.StateReader;
import dev.baton.engine.operator.StateWriter;
import dev.baton.operators.internal.IntSort;
import dev.baton.operators.internal.KeyTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * In how many documents, and how often in all, each term of some columns occurs. Exact, and the
 * same whatever the order of the rows and merges, because terms are only numbered after sorting.
 * Grows with the number of distinct terms: about 60 bytes each plus the bytes of terms longer than
 * eight bytes.
 */
public final class TermCounts implements FitState<TermCounts> {
  private final List<Column> columns = new ArrayList<>();
  private final Analyzer analyzer;
  private Terms terms;

  TermCounts(List<String> names, Analyzer analyzer) {
    names.forEach(name -> columns.add(new Column(name)));
    this.analyzer = analyzer;
  }

  @Override
  public void observe(Batch batch) {
    terms = terms == null ? new Terms(analyzer) : terms;
    for (Column column : columns) {
      Documents documents = new Documents(batch.column(column.name), terms);
      for (int row = 0; row < batch.rows(); row++) {
        if (documents.cut(row)) {
          column.observe(terms);
        }
      }
    }
  }

  @Override
  public void merge(TermCounts later) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).merge(later.columns.get(i));
    }
  }

  @Override
  public void write(StateWriter out) {
    for (Column column : columns) {
      column.keys.write(out);
      out.longs(Arrays.copyOf(column.counts, 2 * column.keys.size()));
      out.longs(column.documents);
    }
  }

  @Override
  public void read(StateReader in) {
    for (Column column : columns) {
      column.keys.read(in);
      column.counts = in.longs();
      column.documents = in.longs()[0];
      column.reserve();
    }
  }

  /** What was seen, a column at a time. */
  List<Column> columns() {
    return columns;
  }

  /** The terms of one column. */
  static final class Column {
    final String name;
    private final KeyTable keys = new KeyTable();

    /** For each term in how many documents it occurs, then how often. */
    private long[] counts = new long[64];

    /** For each term the last document here that had it, numbered from 1. */
    private int[] last = new int[32];

    private int seen;
    private long documents;

    Column(String name) {
      this.name = name;
    }

    private void observe(Terms terms) {
      seen++;
      documents++;
      for (int i = 0; i < terms.count; i++) {
        int number = keys.add(terms.address(i), terms.length(i));
        if (number >= last.length) {
          reserve();
        }
        counts[2 * number + 1]++;
        if (last[number] != seen) {
          last[number] = seen;
          counts[2 * number]++;
        }
      }
    }

    private void merge(Column later) {
      documents += later.documents;
      for (int i = 0; i < later.keys.size(); i++) {
        int number = keys.add(later.keys, i);
        if (number >= last.length) {
          reserve();
        }
        counts[2 * number] += later.counts[2 * i];
        counts[2 * number + 1] += later.counts[2 * i + 1];
      }
    }

    /** Makes room for the counts of all keys. */
    private void reserve() {
      int room = Math.max(last.length, 2 * keys.size());
      counts = Arrays.copyOf(counts, 2 * room);
      last = Arrays.copyOf(last, room);
    }

    /** How many documents there were. */
    long documents() {
      return documents;
    }

    /**
     * The terms that get a feature.
     *
     * @throws BindException when none is left
     */
    Chosen choose(Vocabulary vocabulary) {
      return vocabulary.terms().isEmpty() ? learnt(vocabulary) : given(vocabulary.terms());
    }

    private Chosen given(List<String> terms) {
      KeyTable table = new KeyTable();
      terms.forEach(table::add);
      long[] found = new long[terms.size()];
      for (int number = 0; number < keys.size(); number++) {
        int index = table.add(keys, number);
        if (index < found.length) {
          found[index] = counts[2 * number];
        }
      }
      return new Chosen(terms, Arrays.stream(found).boxed().toList());
    }

    private Chosen learnt(Vocabulary vocabulary) {
      double least = vocabulary.minDocuments().of(documents);
      double most = vocabulary.maxDocuments().of(documents);
      int[] sorted = IntSort.order(keys.size(), keys::compareBytes);
      int kept = 0;
      for (int number : sorted) {
        if (counts[2 * number] >= least && counts[2 * number] <= most) {
          sorted[kept++] = number;
        }
      }
      if (kept == 0) {
        throw new BindException(
            String.format(
                "column '%s' has no terms to count: none of the %d in %d documents occurs in at"
                    + " least %s and at most %s of them; widen minDocuments and maxDocuments, or"
                    + " check the stop words and the column",
                name,
                keys.size(),
                documents,
                vocabulary.minDocuments(),
                vocabulary.maxDocuments()));
      }
      int[] chosen = Arrays.copyOf(sorted, kept);
      int limit = vocabulary.maxTerms();
      if (limit > 0 && kept > limit) {
        // The sort is stable, so equally frequent terms stay in order.
        int[] places =
            IntSort.order(
                kept, (a, b) -> Long.compare(counts[2 * sorted[b] + 1], counts[2 * sorted[a] + 1]));
        int[] first = Arrays.copyOf(places, limit);
        Arrays.sort(first);
        chosen = new int[limit];
        for (int i = 0; i < limit; i++) {
          chosen[i] = sorted[first[i]];
        }
      }
      List<String> terms = new ArrayList<>(chosen.length);
      List<Long> found = new ArrayList<>(chosen.length);
      for (int number : chosen) {
        terms.add(keys.text(number));
        found.add(counts[2 * number]);
      }
      return new Chosen(terms, found);
    }
  }

  /**
   * Terms in the order of their features.
   *
   * @param documents in how many documents each occurs
   */
  record Chosen(List<String> terms, List<Long> documents) {}
}
