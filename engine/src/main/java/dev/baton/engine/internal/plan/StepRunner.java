package dev.baton.engine.internal.plan;

import dev.baton.engine.RunCancelledException;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Split;
import dev.baton.engine.spi.WorkerScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Decodes batches and takes them through the steps of a pass, inside one worker. */
final class StepRunner implements AutoCloseable {
  private final Pass pass;
  private final WorkerScope worker;
  private final Decoder decoder;
  private final List<Kernel> kernels = new ArrayList<>();
  private long sequence;
  private int batchInSplit;
  private long rowsRead;

  StepRunner(Pass pass, OpenSource source, WorkerScope worker) throws Exception {
    this.pass = pass;
    this.worker = worker;
    try {
      this.decoder = source.decoder(pass.columns(), worker);
    } catch (Throwable e) {
      throw Failures.outside("source", null, e);
    }
    try {
      for (Step step : pass.steps()) {
        kernels.add(open(step));
      }
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  private Kernel open(Step step) {
    if (step instanceof Step.Transforming t) {
      try {
        return t.bound().kernels().open(worker);
      } catch (RuntimeException e) {
        throw step.stage().failed(null, e);
      }
    }
    return null;
  }

  void start(Split split, long sequence) {
    this.sequence = sequence;
    this.batchInSplit = -1;
    try {
      decoder.start(split);
    } catch (Exception e) {
      throw Failures.outside("source", batchName(), e);
    }
  }

  /**
   * The next batch of the split after all steps, or null at its end.
   *
   * @param states what the observing steps observe into, in their order
   */
  Batch next(List<? extends FitState<?>> states) {
    Batch batch = decode();
    if (batch == null) {
      return null;
    }
    rowsRead += batch.rows();
    try {
      int observed = 0;
      for (int i = 0; i < kernels.size(); i++) {
        worker.checkpoint();
        Step step = pass.steps().get(i);
        worker.enterStage(step.stage().number());
        if (step instanceof Step.Observing) {
          observe(step.stage(), states.get(observed++), batch);
        } else {
          apply(step.stage(), kernels.get(i), batch);
        }
      }
      return batch;
    } catch (Throwable e) {
      batch.close();
      throw e;
    }
  }

  private Batch decode() {
    batchInSplit++;
    worker.enterStage(0);
    worker.checkpoint();
    boolean released = worker.enter(decoder.nature());
    try {
      return decoder.next();
    } catch (RunCancelledException e) {
      throw e;
    } catch (Exception e) {
      throw Failures.outside("source", batchName(), e);
    } finally {
      worker.leave(released);
    }
  }

  private void apply(Stage stage, Kernel kernel, Batch batch) {
    boolean released = worker.enter(stage.nature());
    try {
      kernel.apply(batch);
    } catch (RunCancelledException e) {
      throw e;
    } catch (Throwable e) {
      throw stage.failed(batchName(), e);
    } finally {
      worker.leave(released);
    }
  }

  private void observe(Stage stage, FitState<?> state, Batch batch) {
    boolean released = worker.enter(stage.nature());
    try {
      state.observe(batch);
    } catch (RunCancelledException e) {
      throw e;
    } catch (Throwable e) {
      throw stage.failed(batchName(), e);
    } finally {
      worker.leave(released);
    }
  }

  /** The batch under way, for messages. */
  String batchName() {
    return batchInSplit <= 0 ? Long.toString(sequence) : sequence + "." + batchInSplit;
  }

  /** Rows decoded since the last call. */
  long takeRowsRead() {
    long rows = rowsRead;
    rowsRead = 0;
    return rows;
  }

  @Override
  public void close() throws IOException {
    for (Kernel kernel : kernels) {
      if (kernel != null) {
        kernel.close();
      }
    }
    decoder.close();
  }
}
