package dev.baton.ipc;

import dev.baton.engine.ExecutionMode;
import dev.baton.engine.PipelineException;
import dev.baton.engine.source.Split;
import dev.baton.engine.spi.Execution;
import dev.baton.engine.spi.Job;
import dev.baton.engine.spi.Lanes;
import dev.baton.engine.spi.PortableJob;
import dev.baton.engine.spi.RunScope;
import dev.baton.engine.spi.Runner;
import dev.baton.engine.spi.Task;
import dev.baton.engine.spi.WorkerScope;
import dev.baton.ipc.transport.TransportOptions;
import dev.baton.ipc.worker.RunDirectory;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Runs jobs in worker processes, one lane for each: the lane's thread in this process sends splits
 * and takes results, so that order, back-pressure and failures are those of threads. Workers stay
 * warm until the engine is closed.
 */
public final class ProcessesRunner implements Runner {
  private final Map<ExecutionMode.Transport, WorkerPool> pools =
      new EnumMap<>(ExecutionMode.Transport.class);
  private RunDirectory directory;

  /** For the service loader. */
  public ProcessesRunner() {}

  @Override
  public boolean runs(ExecutionMode mode) {
    return mode instanceof ExecutionMode.Processes;
  }

  @Override
  public <R extends AutoCloseable> Execution<R> start(Job<R> job, RunScope scope) {
    if (!(job instanceof PortableJob<R> portable)) {
      throw new IllegalArgumentException(job + " cannot travel to another process");
    }
    ExecutionMode.Processes mode = (ExecutionMode.Processes) scope.options().mode();
    boolean shipData = shipsData(portable, mode);
    byte[] plan = portable.plan(shipData);
    WorkerPool pool = pool(mode.transport());
    MemorySampler sampler = new MemorySampler(pool, scope.remote());
    Execution<R> execution =
        Lanes.start(
            new Job<R>() {
              @Override
              public Iterator<? extends Split> splits() throws IOException {
                return portable.splits();
              }

              @Override
              public Task<R> open(WorkerScope worker) throws IOException {
                return new RemoteLane<>(portable, mode, shipData, plan, pool, worker);
              }
            },
            scope);
    return new Execution<>() {
      @Override
      public R next() {
        return execution.next();
      }

      @Override
      public void close() {
        sampler.close();
        execution.close();
      }
    };
  }

  private static boolean shipsData(PortableJob<?> job, ExecutionMode.Processes mode) {
    if (mode.ship() != ExecutionMode.Ship.AUTO) {
      return mode.ship() == ExecutionMode.Ship.DATA;
    }
    return !job.sourceTravels();
  }

  private synchronized WorkerPool pool(ExecutionMode.Transport transport) {
    return pools.computeIfAbsent(
        transport,
        kind -> {
          try {
            if (directory == null) {
              directory = RunDirectory.create();
            }
          } catch (IOException e) {
            throw PipelineException.wrap(e);
          }
          return new WorkerPool(options(kind), directory);
        });
  }

  private static TransportOptions options(ExecutionMode.Transport transport) {
    return switch (transport) {
      case SLAB -> new TransportOptions(TransportOptions.Kind.SLAB);
      case QUEUE -> new TransportOptions(TransportOptions.Kind.QUEUE);
    };
  }

  @Override
  public synchronized void close() {
    pools.values().forEach(WorkerPool::close);
    pools.clear();
    if (directory != null) {
      try {
        directory.close();
      } catch (IOException e) {
        throw PipelineException.wrap(e);
      } finally {
        directory = null;
      }
    }
  }
}
