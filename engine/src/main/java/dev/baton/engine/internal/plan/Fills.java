package dev.baton.engine.internal.plan;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What the estimators fitted in a pass put where columns are missing, found by showing the fitted
 * transforms a row in which all is missing.
 */
final class Fills {
  private final Pass pass;
  private final List<Operator> operators;
  private final KernelContext context;

  /**
   * The fills of a pass.
   *
   * @param operators of the pipeline, those that fill as they are fitted
   */
  Fills(Pass pass, List<Operator> operators, KernelContext context) {
    this.pass = pass;
    this.operators = operators;
    this.context = context;
  }

  /** The columns that a step has looked through, filled, but for those that are gone. */
  Batch row(Step.Observing step) {
    Batch row = Batch.of(1, List.of());
    try {
      Set<Stage> stages = new LinkedHashSet<>(step.through().values());
      for (Step.Observing filler : pass.observing()) {
        if (stages.contains(filler.stage())) {
          try (Batch filled = filled(filler)) {
            Batch wanted = filled.moveOut(looked(step, filler.stage()));
            row.moveIn(wanted, name -> name);
          }
        }
      }
      return row;
    } catch (Throwable e) {
      row.close();
      throw e;
    }
  }

  private static Map<String, String> looked(Step.Observing step, Stage filler) {
    Map<String, String> names = new HashMap<>();
    step.through()
        .forEach(
            (name, stage) -> {
              if (stage.equals(filler)) {
                names.put(name, name);
              }
            });
    return names;
  }

  private Batch filled(Step.Observing filler) {
    Transform fitted = (Transform) operators.get(filler.stage().number() - 1);
    BoundTransform bound = fitted.bind(new Binder(new Schema(filler.observed()), true));
    Batch row = missing(filler.observed());
    try (Kernel kernel = bound.kernels().open(context)) {
      kernel.apply(row);
      return row;
    } catch (Throwable e) {
      row.close();
      throw filler.stage().failed(null, e);
    }
  }

  private Batch missing(List<Field> fields) {
    List<FieldVector> columns = new ArrayList<>();
    try {
      for (Field field : fields) {
        FieldVector column = field.createVector(context.allocator());
        columns.add(column);
        column.setInitialCapacity(1);
        column.allocateNew();
        column.setValueCount(1);
      }
      return Batch.of(1, columns);
    } catch (Throwable e) {
      columns.forEach(FieldVector::close);
      throw e;
    }
  }
}
