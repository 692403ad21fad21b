package dev.baton.engine.internal.plan;

import dev.baton.engine.RunCancelledException;
import dev.baton.engine.batch.Batch;
import dev.baton.engine.batch.Origin;
import dev.baton.engine.operator.AsyncKernel;
import dev.baton.engine.operator.FitState;
import dev.baton.engine.operator.Kernel;
import dev.baton.engine.request.InFlight;
import dev.baton.engine.source.Decoder;
import dev.baton.engine.source.OnBad;
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

  /** The visit that each kernel was told of last; they differ where batches are set aside. */
  private final int[] told;

  /** Whether a step says which rows it cannot take. */
  private final boolean tracked;

  private long sequence;
  private int visit;
  private int batchInSplit;

  StepRunner(Pass pass, OpenSource source, WorkerScope worker) throws Exception {
    this.pass = pass;
    this.worker = worker;
    this.told = new int[pass.steps().size()];
    this.tracked =
        pass.steps().stream().anyMatch(step -> !(step.stage().bad() instanceof OnBad.Fail));
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
    this.visit++;
    this.batchInSplit = -1;
    worker.clock().split(sequence);
    worker.enterStage(0);
    try {
      decoder.start(split);
      worker.clock().flow(0, 0, 0, split.bytes(), 0);
    } catch (Exception e) {
      throw Failures.outside("source", batchName(), e);
    } finally {
      worker.leaveStage();
    }
  }

  /**
   * Decodes the next batch of the split, for {@link #advance}; null at its end.
   *
   * @param states what the observing steps observe into, in their order
   */
  Journey depart(List<? extends FitState<?>> states) {
    Batch batch = decode();
    if (batch == null) {
      worker.leaveStage();
      return null;
    }
    if (!tracked) {
      batch.origin(null);
    } else if (batch.origin() == null) {
      batch.origin(Origin.ofRows("batch " + batchName(), 0));
    }
    Journey journey = new Journey(batch, sequence, visit, batchName(), states);
    journey.bytes = count(0, 0, batch);
    return journey;
  }

  /**
   * Takes a batch through the steps, to the end or until it is set aside for answers from outside.
   *
   * @param requests null where steps wait for their answers themselves
   */
  void advance(Journey journey, InFlight requests) {
    try {
      while (journey.step < kernels.size()) {
        Step step = pass.steps().get(journey.step);
        worker.enterStage(step.stage().number());
        worker.checkpoint();
        if (step instanceof Step.Observing) {
          observe(step.stage(), journey);
        } else if (requests != null && kernels.get(journey.step) instanceof AsyncKernel kernel) {
          begin(step.stage(), kernel, journey, requests);
          return;
        } else {
          apply(step.stage(), kernels.get(journey.step), journey);
        }
        journey.step++;
      }
      journey.batch.origin(null);
    } catch (Throwable e) {
      journey.close();
      throw e;
    } finally {
      worker.leaveStage();
    }
  }

  /** Goes on with a batch that was set aside, when its answers are there. */
  void resume(Journey journey, InFlight requests) {
    Stage stage = pass.steps().get(journey.step).stage();
    worker.enterStage(stage.number());
    try {
      journey.finish();
      journey.bytes = count(journey.batch.rows(), journey.bytes, journey.batch);
    } catch (RunCancelledException e) {
      throw e;
    } catch (Throwable e) {
      journey.close();
      throw stage.failed(journey.name, e);
    } finally {
      worker.leaveStage();
    }
    journey.step++;
    advance(journey, requests);
  }

  /** Counts what went through the stage just entered; gives the bytes that came out. */
  private long count(long rowsIn, long bytesIn, Batch out) {
    long bytesOut = out.bytes();
    worker.clock().flow(1, rowsIn, out.rows(), bytesIn, bytesOut);
    return bytesOut;
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

  private void apply(Stage stage, Kernel kernel, Journey journey) {
    boolean released = worker.enter(stage.nature());
    try {
      int rows = journey.batch.rows();
      startSplit(kernel, journey);
      if (stage.bad() instanceof OnBad.Fail) {
        kernel.apply(journey.batch);
      } else {
        journey.batch = Leniency.apply(kernel, journey.batch, stage, worker.allocator());
      }
      journey.bytes = count(rows, journey.bytes, journey.batch);
    } catch (RunCancelledException e) {
      throw e;
    } catch (Throwable e) {
      throw stage.failed(journey.name, e);
    } finally {
      worker.leave(released);
    }
  }

  private void begin(Stage stage, AsyncKernel kernel, Journey journey, InFlight requests) {
    try {
      startSplit(kernel, journey);
      journey.answers = kernel.begin(journey.batch, requests);
    } catch (RunCancelledException e) {
      throw e;
    } catch (Throwable e) {
      throw stage.failed(journey.name, e);
    }
  }

  private void startSplit(Kernel kernel, Journey journey) throws Exception {
    if (told[journey.step] != journey.visit) {
      told[journey.step] = journey.visit;
      kernel.start(journey.split);
    }
  }

  private void observe(Stage stage, Journey journey) {
    boolean released = worker.enter(stage.nature());
    try {
      journey.nextState().observe(journey.batch);
      worker
          .clock()
          .flow(1, journey.batch.rows(), journey.batch.rows(), journey.bytes, journey.bytes);
    } catch (RunCancelledException e) {
      throw e;
    } catch (Throwable e) {
      throw stage.failed(journey.name, e);
    } finally {
      worker.leave(released);
    }
  }

  /** The batch decoded last, for messages. */
  private String batchName() {
    return batchName(sequence, batchInSplit);
  }

  static String batchName(long sequence, int batchInSplit) {
    return batchInSplit <= 0 ? Long.toString(sequence) : sequence + "." + batchInSplit;
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
