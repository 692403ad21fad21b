package dev.baton.operators.text;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** Puts lists of terms in the place of texts or lists of tokens. */
final class TermsKernel implements Kernel {
  private final List<String> names;
  private final KernelContext context;
  private final Terms terms;
  private final TextLists lists = new TextLists();

  TermsKernel(Analyzer analyzer, List<String> names, KernelContext context) {
    this.names = names;
    this.context = context;
    this.terms = new Terms(analyzer);
  }

  @Override
  public void apply(Batch batch) {
    for (String name : names) {
      FieldVector source = batch.column(name);
      Documents documents = new Documents(source, terms);
      lists.start(batch.rows());
      for (int row = 0; row < batch.rows(); row++) {
        if (documents.cut(row)) {
          for (int i = 0; i < terms.count; i++) {
            lists.add(terms.address(i), terms.length(i));
          }
        }
        lists.end(row);
        documents.checkpoint(context);
      }
      batch.put(lists.column(name, source, batch.rows(), context.allocator()));
    }
  }
}
