package dev.baton.engine.testkit;

import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.BatchMessage;
import dev.baton.engine.batch.StateRow;
import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundEstimator;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Estimator;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.Transform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/** Binds, fits and applies one operator by hand, without an engine. */
public final class Drive {
  private final BufferAllocator allocator;

  public Drive(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /** What an operator declares of a schema, whether transform or estimator. */
  public record Declared(
      Set<String> reads,
      Set<String> writes,
      boolean changesRows,
      Schema output,
      boolean outputKnown) {}

  public static BoundTransform bind(Transform transform, Schema schema) {
    return transform.bind(new Binder(schema, true));
  }

  public static Declared declared(Operator operator, Schema schema) {
    if (operator instanceof Transform transform) {
      BoundTransform b = bind(transform, schema);
      // A rename reads a column in so far as whoever needs the new name needs the old column.
      Set<String> reads = new HashSet<>(b.reads());
      reads.addAll(b.renames().values());
      return new Declared(reads, b.writes(), b.changesRows(), b.output(), true);
    }
    BoundEstimator<?> b = ((Estimator<?>) operator).bind(new Binder(schema, true));
    return new Declared(b.reads(), b.writes(), b.changesRows(), b.output(), b.outputKnown());
  }

  /** The same for splits of one batch each. */
  public Transform fit(Operator operator, Schema schema, List<Rows> pieces) {
    return fitSplits(operator, schema, pieces.stream().map(List::of).toList());
  }

  /**
   * The transform of an operator: itself, or what an estimator makes of {@code splits}, each a list
   * of batches that is observed into a state of its own and merged in order.
   */
  public Transform fitSplits(Operator operator, Schema schema, List<List<Rows>> splits) {
    if (operator instanceof Transform transform) {
      return transform;
    }
    return fitEstimator((Estimator<?>) operator, schema, splits);
  }

  private <S extends FitState<S>> Transform fitEstimator(
      Estimator<S> estimator, Schema schema, List<List<Rows>> splits) {
    BoundEstimator<S> bound = estimator.bind(new Binder(schema, true));
    S merged = bound.newState().get();
    for (List<Rows> split : splits) {
      merged.merge(observed(bound, split));
    }
    return bound.finish().apply(merged);
  }

  /** The transform of an operator that observes one batch, which is only borrowed. */
  public Transform fit(Operator operator, Batch batch) {
    return operator instanceof Transform transform
        ? transform
        : fitEstimator((Estimator<?>) operator, batch);
  }

  private <S extends FitState<S>> Transform fitEstimator(Estimator<S> estimator, Batch batch) {
    BoundEstimator<S> bound = estimator.bind(new Binder(batch.schema(), true));
    S state = bound.newState().get();
    state.observe(batch);
    S merged = bound.newState().get();
    merged.merge(state);
    return bound.finish().apply(merged);
  }

  /** Fits two splits, each state of which crosses as bytes before it is merged and after. */
  public <S extends FitState<S>> Transform fitThroughMessages(
      Estimator<S> estimator, Schema schema, Rows first, Rows second) {
    BoundEstimator<S> bound = estimator.bind(new Binder(schema, true));
    S merged = bound.newState().get();
    merged.merge(crossed(bound, observed(bound, List.of(first))));
    merged.merge(crossed(bound, observed(bound, List.of(second))));
    return bound.finish().apply(crossed(bound, merged));
  }

  /**
   * Fits pieces, the merged state of which crosses as bytes and is then told what stands where
   * columns were missing: {@code row}, of one row.
   */
  public <S extends FitState<S>> Transform fitAndFill(
      Estimator<S> estimator, Schema schema, List<Rows> pieces, Rows row) {
    BoundEstimator<S> bound = estimator.bind(new Binder(schema, true));
    S merged = bound.newState().get();
    pieces.forEach(piece -> merged.merge(observed(bound, List.of(piece))));
    S state = crossed(bound, merged);
    try (Batch batch = row.batch(allocator)) {
      state.fill(batch);
    }
    return bound.finish().apply(state);
  }

  private <S extends FitState<S>> S observed(BoundEstimator<S> bound, List<Rows> split) {
    S state = bound.newState().get();
    for (Rows rows : split) {
      try (Batch batch = rows.batch(allocator)) {
        state.observe(batch);
      }
    }
    return state;
  }

  private <S extends FitState<S>> S crossed(BoundEstimator<S> bound, S state) {
    S received = bound.newState().get();
    Schema row = StateRow.schema(List.of(bound.newState().get()), allocator);
    try (Batch sent = StateRow.of(List.of(state), allocator);
        BatchMessage message = new BatchMessage(sent);
        ArrowBuf bytes = allocator.buffer(message.bytes())) {
      message.writeTo(bytes.memoryAddress());
      try (Batch arrived = BatchMessage.read(row, bytes, allocator)) {
        StateRow.read(arrived, List.of(received));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return received;
  }

  /** Binds to {@code schema}, then edits the batch of split 0, which may lack columns not read. */
  public void apply(Transform transform, Schema schema, Batch batch) {
    apply(transform, schema, batch, allocator);
  }

  /** The same with an allocator of the worker's own. */
  public static void apply(
      Transform transform, Schema schema, Batch batch, BufferAllocator worker) {
    try (Kernel kernel = bind(transform, schema).kernels().open(new FakeContext(worker))) {
      kernel.start(0);
      kernel.apply(batch);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The rows a transform makes of {@code rows}, given as one batch. */
  public Rows transform(Transform transform, Rows rows) {
    try (Batch batch = rows.batch(allocator)) {
      apply(transform, rows.schema(), batch);
      return Rows.of(batch);
    }
  }

  /** The rows a transform makes of splits of several batches, all done by one kernel. */
  public Rows transformSplits(Transform transform, Schema schema, List<List<Rows>> splits) {
    Rows joined = null;
    try (Kernel kernel = bind(transform, schema).kernels().open(new FakeContext(allocator))) {
      for (int split = 0; split < splits.size(); split++) {
        kernel.start(split);
        for (Rows rows : splits.get(split)) {
          try (Batch batch = rows.batch(allocator)) {
            kernel.apply(batch);
            joined = joined == null ? Rows.of(batch) : joined.plus(Rows.of(batch));
          }
        }
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return joined;
  }

  /** The rows an operator makes of {@code rows} after it was fitted on all of them. */
  public Rows fitAndTransform(Operator operator, Rows rows) {
    return transform(fit(operator, rows.schema(), List.of(rows)), rows);
  }
}
