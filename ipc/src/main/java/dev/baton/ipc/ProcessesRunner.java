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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs jobs in worker processes, one lane for each: the lane's thread in this process sends splits
 * and takes results, so that order, back-pressure and failures are those of threads. Workers stay
 * warm until the engine is closed.
 */
public final class ProcessesRunner implements Runner {
  private final Map<Way, WorkerPool> pools = new HashMap<>();
  private RunDirectory directory;

  /**
   * How workers are spoken to.
   *
   * @param keep as in the mode
   * @param bytes that both directions may take together
   */
  private record Way(ExecutionMode.Transport transport, Path keep, long bytes) {}

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
    WorkerPool pool = pool(new Way(mode.transport(), mode.keep(), scope.memory().between()));
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

  private synchronized WorkerPool pool(Way way) {
    return pools.computeIfAbsent(
        way,
        x -> {
          try {
            if (directory == null) {
              directory = RunDirectory.create();
            }
            Path connections = way.keep() == null ? directory.path() : kept(way.keep());
            return new WorkerPool(options(way), directory, connections);
          } catch (IOException e) {
            throw PipelineException.wrap(e);
          }
        });
  }

  private static Path kept(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> inside = Files.list(folder)) {
      if (inside.findAny().isPresent()) {
        throw new IOException(folder + " is to keep what crosses but is not empty; name a new one");
      }
    }
    return folder;
  }

  private static TransportOptions options(Way way) {
    TransportOptions options =
        new TransportOptions(
                way.transport() == ExecutionMode.Transport.SLAB
                    ? TransportOptions.Kind.SLAB
                    : TransportOptions.Kind.QUEUE)
            .within(way.bytes());
    return way.keep() == null ? options : options.kept();
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
