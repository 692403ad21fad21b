package dev.baton.operators.text;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Memory;
import dev.baton.engine.batch.Types;
import dev.baton.engine.batch.Validity;
import dev.baton.engine.batch.Vectors;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.operator.TypeFamily;
import dev.baton.operators.internal.TextBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;

/**
 * Cuts each text into its sentences, each a row of its own in which the other columns are repeated.
 * A null stays one row; a text of nothing but blanks becomes none.
 *
 * <p>A sentence ends behind {@code . ! ? …} and the quotes and brackets that close there, before a
 * blank and anything but a small letter; after an abbreviation or a single capital a dot does not
 * end it. {@code 。！？} end one without a blank too. Blanks between sentences are left out.
 *
 * <p>Cost: linear in the text.
 *
 * @param column a text column
 * @param abbreviations words, to the letter and without the dot, that a sentence rarely ends with
 *     (by default English titles and the like: Mr, Mrs, Dr, St, …)
 */
public record SplitSentences(String column, List<String> abbreviations) implements Transform {
  private static final List<String> ENGLISH =
      List.of(
          "Mr", "Mrs", "Ms", "Messrs", "Mme", "Mlle", "Dr", "Prof", "Rev", "Hon", "Esq", "Sr", "Jr",
          "St", "Mt", "Gen", "Col", "Capt", "Lt", "Sgt", "Maj", "Gov", "Sen", "Rep", "Pres", "Vol",
          "vol", "pp", "Fig", "fig", "Ch", "ch", "vs", "viz", "cf", "e.g", "i.e", "approx");

  public SplitSentences {
    Objects.requireNonNull(column, "column");
    abbreviations = List.copyOf(abbreviations);
  }

  /** English abbreviations. */
  public SplitSentences(String column) {
    this(column, ENGLISH);
  }

  @Override
  public BoundTransform bind(Binder binder) {
    binder.read(column, TypeFamily.TEXT);
    binder.put(Types.field(column, Types.UTF8));
    binder.changesRows();
    return binder.transform(SplitKernel::new);
  }

  private final class SplitKernel implements Kernel {
    private final KernelContext context;
    private final Sentences sentences = new Sentences(abbreviations);

    /** Row, start and length of each sentence of a batch; a null has length -1. */
    private int[] rows = new int[256];

    private int[] starts = new int[256];
    private int[] lengths = new int[256];
    private int count;

    SplitKernel(KernelContext context) {
      this.context = context;
    }

    @Override
    public void apply(Batch batch) {
      FieldVector source = batch.column(column);
      find(source, batch.rows());
      try (TextBuilder texts =
          new TextBuilder(column, count, source.getBufferSize(), context.allocator())) {
        long data = Vectors.data(source);
        for (int i = 0; i < count; i++) {
          if (lengths[i] < 0) {
            texts.appendNull();
          } else {
            texts.append(data + starts[i], lengths[i]);
          }
        }
        // In the place of the texts, which would be copied once for each of their sentences.
        batch.put(
            Vectors.fixed(Types.field(column, Types.INT8), batch.rows(), context.allocator()));
        batch.take(rows, count, context.allocator());
        batch.put(texts.finish());
      }
    }

    private void find(FieldVector source, int size) {
      long validity = Validity.address(source);
      long offsets = Vectors.offsets(source);
      long data = Vectors.data(source);
      count = 0;
      for (int row = 0; row < size; row++) {
        if (!Validity.isSet(validity, row)) {
          add(row, 0, -1);
          continue;
        }
        int start = Memory.getInt(offsets + 4L * row);
        sentences.start(data + start, Memory.getInt(offsets + 4L * row + 4) - start);
        while (sentences.next()) {
          add(row, start + sentences.start, sentences.end - sentences.start);
        }
        if ((row & 63) == 63) {
          context.checkpoint();
        }
      }
    }

    private void add(int row, int start, int length) {
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, 2 * count);
        starts = Arrays.copyOf(starts, 2 * count);
        lengths = Arrays.copyOf(lengths, 2 * count);
      }
      rows[count] = row;
      starts[count] = start;
      lengths[count++] = length;
    }
  }
}
