package dev.baton.engine.internal.plan;

import dev.baton.engine.Engine;
import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.Resume;
import dev.baton.engine.batch.Digest;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.source.AtomicFile;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.spec.RecordCodec;
import dev.baton.engine.spec.SpecException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * How far a run has come, in a folder of its own: {@code run} says which run it is, {@code fitted}
 * what its estimators have learned, {@code position} what is committed. Each is replaced as a
 * whole, after what it speaks of is on disk. The unfinished output lies beside them. Confined to
 * one thread.
 */
final class Journal implements AutoCloseable {
  /** What was committed. */
  static final class Position {
    static final long UNFINISHED = -1;

    /** So many from the first. */
    final long splits;

    /** In the last pass, from these splits. */
    final long rowsRead;

    final long rowsOut;
    final Digest digest;

    /** What the sink needs to go on. */
    final byte[] sink;

    /** What the ledger of bad rows needs to go on. */
    final byte[] bad;

    /**
     * Of the output when it and the rejects are complete but for their names; {@link #UNFINISHED}
     * before.
     */
    final long bytes;

    Position(
        long splits,
        long rowsRead,
        long rowsOut,
        Digest digest,
        byte[] sink,
        byte[] bad,
        long bytes) {
      this.splits = splits;
      this.rowsRead = rowsRead;
      this.rowsOut = rowsOut;
      this.digest = digest;
      this.sink = sink;
      this.bad = bad;
      this.bytes = bytes;
    }

    boolean isComplete() {
      return bytes != UNFINISHED;
    }
  }

  private static final String RUN = "run";
  private static final String FITTED = "fitted";
  private static final String POSITION = "position";
  private static final String LOCK = "lock";

  private final Path folder;
  private final long everyNanos;
  private final FileChannel channel;
  private long savedNanos;
  private long savedSplits;

  private Journal(Resume resume, FileChannel channel) {
    this.folder = resume.folder();
    this.everyNanos = resume.every().toNanos();
    this.channel = channel;
    this.savedNanos = System.nanoTime();
  }

  /**
   * Opens the folder of a run, which may have been begun before.
   *
   * @throws PipelineException when it is that of another run, or one that is under way
   */
  static Journal open(Resume resume, Pipeline pipeline, OpenSource source) {
    if (pipeline.sink() == null) {
      throw new PipelineException("a run without a sink cannot be resumed", null);
    }
    Path folder = resume.folder();
    byte[] run = fingerprint(pipeline, source, version(source));
    try {
      Files.createDirectories(folder);
      Journal journal = new Journal(resume, lock(folder));
      try {
        byte[] before = journal.read(RUN);
        if (before == null) {
          journal.write(RUN, run);
        } else if (!Arrays.equals(before, run)) {
          throw new PipelineException(
              "cannot resume: "
                  + folder
                  + " is of a run with other data, steps, output or version of Baton; remove it to"
                  + " begin anew",
              null);
        }
        return journal;
      } catch (Throwable e) {
        journal.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by another run of this process.
    }
    if (lock == null) {
      channel.close();
      throw new PipelineException("cannot resume: another run is at work in " + folder, null);
    }
    return channel;
  }

  private static String version(OpenSource source) {
    String version;
    try {
      version = source.version();
    } catch (UncheckedIOException e) {
      throw failed(e.getCause());
    }
    if (version.isEmpty()) {
      throw new PipelineException(
          "this run cannot be resumed, as its source does not tell whether its data are still the"
              + " same; run it without resuming, or give the source a 'version' if it takes one, as"
              + " 'jdbc' does",
          null);
    }
    return version;
  }

  /** Of all that decides about the output: source, its data, steps and sink. */
  private static byte[] fingerprint(Pipeline pipeline, OpenSource source, String version) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(Engine.version().getBytes(StandardCharsets.UTF_8));
      hash.update(RecordCodec.fingerprint(pipeline.source()));
      hash.update(source.schema().toJson().getBytes(StandardCharsets.UTF_8));
      hash.update(version.getBytes(StandardCharsets.UTF_8));
      for (Operator operator : pipeline.operators()) {
        hash.update(RecordCodec.fingerprint(operator));
      }
      hash.update(RecordCodec.fingerprint(pipeline.sink()));
      return HexFormat.of().formatHex(hash.digest()).getBytes(StandardCharsets.US_ASCII);
    } catch (SpecException e) {
      throw new PipelineException(
          "this run cannot be resumed, as it cannot be known again: " + e.getMessage(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The unfinished output. */
  Path part() {
    return folder.resolve("output");
  }

  /** The operators, those replaced by their transforms that were fitted; null for none. */
  List<Operator> fitted() {
    try {
      byte[] bytes = read(FITTED);
      if (bytes == null) {
        return null;
      }
      List<Operator> operators = new ArrayList<>();
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      for (int left = in.readInt(); left > 0; left--) {
        operators.add(RecordCodec.read(in.readNBytes(in.readInt()), Operator.class));
      }
      return operators;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Keeps the operators, those fitted so far replaced by their transforms, if they can be written;
   * else they are fitted again.
   */
  void fitted(List<Operator> operators) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(operators.size());
      for (Operator operator : operators) {
        block(out, RecordCodec.write(operator));
      }
      write(FITTED, bytes.toByteArray());
    } catch (SpecException e) {
      // Fitting again gives the same.
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** What was committed, or null for nothing. */
  Position position() {
    try {
      byte[] bytes = read(POSITION);
      if (bytes == null) {
        return null;
      }
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      Position position =
          new Position(
              in.readLong(),
              in.readLong(),
              in.readLong(),
              new Digest(in.readLong(), in.readLong(), in.readLong()),
              in.readNBytes(in.readInt()),
              in.readNBytes(in.readInt()),
              in.readLong());
      savedSplits = position.splits;
      return position;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Whether it is time to keep a position when {@code splits} are committed. */
  boolean due(long splits) {
    return splits > savedSplits && System.nanoTime() - savedNanos >= everyNanos;
  }

  void save(Position position) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(position.splits);
      out.writeLong(position.rowsRead);
      out.writeLong(position.rowsOut);
      out.writeLong(position.digest.schema());
      out.writeLong(position.digest.rows());
      out.writeLong(position.digest.sum());
      block(out, position.sink);
      block(out, position.bad);
      out.writeLong(position.bytes);
    }
    write(POSITION, bytes.toByteArray());
    savedSplits = position.splits;
    savedNanos = System.nanoTime();
  }

  private static void block(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private byte[] read(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Files.readAllBytes(file) : null;
  }

  private void write(String name, byte[] bytes) throws IOException {
    try (AtomicFile file = AtomicFile.create(folder.resolve(name))) {
      file.write(ByteBuffer.wrap(bytes));
      file.finish();
    }
  }

  /** Removes the folder, when the output is complete. */
  void finish() throws IOException {
    // The position first: without it the rest means nothing.
    for (String name : List.of(POSITION, FITTED, RUN)) {
      Files.deleteIfExists(folder.resolve(name));
    }
    try (var left = Files.list(folder)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    }
    channel.close();
    Files.delete(folder);
  }

  private static RuntimeException failed(IOException e) {
    return Failures.outside("resume", null, e);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
