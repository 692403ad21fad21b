package dev.baton.ipc;

import dev.baton.engine.PipelineException;
import dev.baton.engine.spi.RemoteCounters;
import dev.baton.ipc.transport.Endpoint;
import dev.baton.ipc.transport.Message;
import dev.baton.ipc.transport.TransportOptions;
import dev.baton.ipc.worker.ArchiveTraining;
import dev.baton.ipc.worker.ClassArchive;
import dev.baton.ipc.worker.ProcessMemory;
import dev.baton.ipc.worker.RunDirectory;
import dev.baton.ipc.worker.WorkerCommand;
import dev.baton.ipc.worker.WorkerLauncher;
import dev.baton.ipc.worker.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Worker processes that speak one transport: those at work, and those kept warm for the next pass
 * or run. Thread-safe.
 */
final class WorkerPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.baton.ipc");
  private static final Duration START_UP = Duration.ofMinutes(1);

  private final TransportOptions transport;
  private final RunDirectory directory;
  private final Path connections;
  private final WorkerCommand command;
  private final ClassArchive archives;
  private final Deque<Worker> idle = new ArrayDeque<>();
  private final Set<Worker> busy = new HashSet<>();
  private int started;
  private boolean closed;

  /** A pool whose connections are made in the folder {@code connections}. */
  WorkerPool(TransportOptions transport, RunDirectory directory, Path connections) {
    this(
        transport,
        directory,
        connections,
        WorkerCommand.likeThisJvm(WorkerMain.class.getName(), heapBytes()));
  }

  WorkerPool(
      TransportOptions transport, RunDirectory directory, Path connections, WorkerCommand command) {
    this.transport = transport;
    this.directory = directory;
    this.connections = connections;
    this.command = command;
    this.archives =
        new ClassArchive(ClassArchive.defaultCache(), command, ArchiveTraining.class.getName());
  }

  // Columns are off-heap: a worker's heap holds fit states and what user functions make.
  private static long heapBytes() {
    return Runtime.getRuntime().maxMemory();
  }

  /** A worker that takes plans: a warm one, or a new one. */
  Worker acquire(RemoteCounters counters, Runnable checkCancelled)
      throws IOException, InterruptedException {
    int number;
    synchronized (this) {
      if (closed) {
        throw new PipelineException("the engine is closed", null);
      }
      for (Worker warm = idle.poll(); warm != null; warm = idle.poll()) {
        if (warm.process().isAlive()) {
          busy.add(warm);
          return warm;
        }
        warm.kill();
      }
      number = started++;
    }
    return start(number, counters, checkCancelled);
  }

  private Worker start(int number, RemoteCounters counters, Runnable checkCancelled)
      throws IOException, InterruptedException {
    Path folder = connections.resolve(transport.kind() + "-worker-" + number);
    Endpoint endpoint = Endpoint.create(folder, transport);
    Worker worker;
    try {
      Optional<Path> archive = archives.find();
      if (archive.isEmpty()) {
        makeArchive();
      }
      WorkerLauncher launcher =
          new WorkerLauncher(command, directory.path(), archive, WorkerPool::log);
      WorkerProcess process = launcher.start(number, List.of(folder.toString()));
      worker = new Worker(process, endpoint, folder);
    } catch (Throwable e) {
      endpoint.close();
      Endpoint.delete(folder);
      throw e;
    }
    synchronized (this) {
      busy.add(worker);
    }
    try (Message ready = worker.take(START_UP, false, true, checkCancelled)) {
      if (!(Wire.of(ready.header()) instanceof Wire.Ready)) {
        throw new IOException(worker.process() + " did not say that it is ready");
      }
      worker.process().markReady();
      counters.startedIn(worker.process().ready().join());
      return worker;
    } catch (Throwable e) {
      discard(worker);
      throw e;
    }
  }

  /** Makes the class-data archive for later starts, in the background; once at a time. */
  private void makeArchive() {
    Thread thread = new Thread(archives::findOrCreate, "baton-class-archive");
    thread.setDaemon(true);
    thread.start();
  }

  private static void log(String line) {
    LOG.info("{}", line);
  }

  /** Keeps a worker that has done its work. */
  void release(Worker worker) {
    synchronized (this) {
      busy.remove(worker);
      if (!closed && worker.process().isAlive()) {
        idle.push(worker);
        return;
      }
    }
    worker.kill();
  }

  /** Ends a worker, whatever it does. */
  void discard(Worker worker) {
    synchronized (this) {
      busy.remove(worker);
    }
    worker.kill();
  }

  /** The memory of this process and all workers now, every page counted once. */
  long memoryBytes() {
    return processes().map(ProcessMemory::pss).sum();
  }

  /** The same with shared pages counted in each process, which is cheap. */
  long residentBytes() {
    return processes().map(ProcessMemory::resident).sum();
  }

  private synchronized LongStream processes() {
    LongStream workers =
        Stream.concat(busy.stream(), idle.stream()).mapToLong(worker -> worker.process().pid());
    // Collected here, under the lock.
    return LongStream.of(
        LongStream.concat(LongStream.of(ProcessHandle.current().pid()), workers).toArray());
  }

  @Override
  public void close() {
    List<Worker> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(idle);
      idle.clear();
    }
    all.parallelStream().forEach(Worker::stop);
  }
}
