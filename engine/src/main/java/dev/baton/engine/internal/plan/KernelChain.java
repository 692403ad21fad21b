package dev.baton.engine.internal.plan;

import dev.baton.engine.FittedPipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.ValueException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The kernels of a fitted pipeline, opened once, for batches that come one by one and from no
 * source. Confined to one thread at a time.
 */
public final class KernelChain implements AutoCloseable {
  /**
   * What a chain is made from; immutable.
   *
   * @param input the columns that are needed
   * @param renamed the same as its batches must have them: under the names that the first stages
   *     give them, which need no kernel for that
   * @param output the columns they have afterwards
   * @param changesRows whether there can be fewer or other rows afterwards
   */
  public record Plan(
      Schema input, Schema renamed, Schema output, boolean changesRows, List<?> steps) {
    public KernelChain open(KernelContext context) {
      return new KernelChain(this, context);
    }
  }

  private final List<Step.Transforming> steps = new ArrayList<>();
  private final List<Kernel> kernels = new ArrayList<>();
  private final List<String> names;

  /**
   * Plans the transforms of a pipeline for single rows.
   *
   * @throws PipelineException when the result of a stage depends on other rows, naming it
   */
  public static Plan plan(FittedPipeline fitted) {
    List<Operator> operators = fitted.operators();
    for (int i = 0; i < operators.size(); i++) {
      if (operators.get(i) instanceof Estimator<?>) {
        throw dependsOnOthers(Stage.of(i + 1, operators.get(i)));
      }
    }
    Pass pass = new Planner(fitted.schema(), operators).next();
    List<Field> needed =
        fitted.schema().getFields().stream()
            .filter(field -> pass.columns().contains(field.getName()))
            .toList();
    List<Field> renamed = new ArrayList<>(needed);
    int first = 0;
    while (first < pass.steps().size() && renames(pass.steps().get(first), renamed)) {
      first++;
    }
    return new Plan(
        new Schema(needed),
        new Schema(renamed),
        pass.output(),
        pass.steps().stream().anyMatch(Planner::changesRows),
        pass.steps().subList(first, pass.steps().size()));
  }

  /** Does to the fields what a step does, if it does nothing but rename some. */
  private static boolean renames(Step step, List<Field> fields) {
    BoundTransform bound = ((Step.Transforming) step).bound();
    Set<String> touched = new HashSet<>(bound.renames().keySet());
    touched.addAll(bound.renames().values());
    // A name that is both old and new is given away first, which only the kernel knows to do.
    boolean plain = !touched.isEmpty() && touched.size() == 2 * bound.renames().size();
    if (!plain || !bound.reads().isEmpty() || !bound.writes().equals(touched)) {
      return false;
    }
    bound
        .renames()
        .forEach(
            (to, from) ->
                fields.replaceAll(
                    field ->
                        field.getName().equals(from)
                            ? new Field(to, field.getFieldType(), field.getChildren())
                            : field));
    return true;
  }

  private static PipelineException dependsOnOthers(Stage stage) {
    return stage.failed(
        null,
        new IllegalArgumentException(
            "its result depends on other rows, so single rows cannot be scored; transform them"
                + " together with Engine.run or 'baton transform', or leave this stage out"));
  }

  private KernelChain(Plan plan, KernelContext context) {
    this.names = plan.output().getFields().stream().map(Field::getName).toList();
    try {
      for (Object step : plan.steps()) {
        Step.Transforming transforming = (Step.Transforming) step;
        steps.add(transforming);
        kernels.add(open(transforming, context));
      }
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  private static Kernel open(Step.Transforming step, KernelContext context) {
    Kernel kernel;
    try {
      kernel = step.bound().kernels().open(context);
    } catch (RuntimeException e) {
      throw step.stage().failed(null, e);
    }
    // A single row has no place in a split.
    if (kernel.isPlaced()) {
      kernel.close();
      throw dependsOnOthers(step.stage());
    }
    return kernel;
  }

  /**
   * Edits a batch, which stays the caller's.
   *
   * @throws PipelineException when a stage refuses a value: the chain can be used on
   */
  public void apply(Batch batch) {
    for (int i = 0; i < kernels.size(); i++) {
      try {
        kernels.get(i).apply(batch);
      } catch (ValueException e) {
        throw steps.get(i).stage().failed(null, e);
      } catch (Exception e) {
        throw new BrokenException(steps.get(i).stage().failed(null, e));
      }
    }
    if (!inOrder(batch)) {
      batch.retain(names);
    }
  }

  private boolean inOrder(Batch batch) {
    if (batch.width() != names.size()) {
      return false;
    }
    for (int i = 0; i < names.size(); i++) {
      if (!batch.column(i).getName().equals(names.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    kernels.forEach(Kernel::close);
    kernels.clear();
  }

  /** A kernel failed in a way that says nothing of its state: the chain is to be closed. */
  public static final class BrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final PipelineException failure;

    private BrokenException(PipelineException failure) {
      super(failure);
      this.failure = failure;
    }

    /** For the user. */
    public PipelineException failure() {
      return failure;
    }
  }
}
