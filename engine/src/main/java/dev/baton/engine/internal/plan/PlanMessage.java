package dev.baton.engine.internal.plan;

import dev.baton.engine.Pipeline;
import dev.baton.engine.PipelineException;
import dev.baton.engine.RunOptions;
import dev.baton.engine.lock.LockPolicy;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Sink;
import dev.baton.engine.source.Source;
import dev.baton.engine.spec.RecordCodec;
import dev.baton.engine.spec.SpecException;
import dev.baton.engine.spi.MemoryShares;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What another process must know to work on a pass: the source and its schema, the operators as far
 * as they are fitted, and what to do with the result. From this it plans the very same pass.
 *
 * @param run which run it is a pass of: within a run, a source once opened stays as it is
 * @param source null when the data of the splits is sent
 * @param sink null when nothing is encoded
 * @param firstSplit how many splits of the source come before those of the pass, which counts from
 *     0
 * @param keepBatches whether the batches of the output are wanted
 * @param memoryBytes the share of one worker
 */
record PlanMessage(
    long run,
    Source source,
    Schema schema,
    List<Operator> operators,
    Sink sink,
    boolean keepBatches,
    boolean digest,
    LockPolicy lock,
    long memoryBytes,
    boolean timeline,
    long firstSplit) {
  private static final int VERSION = 3;

  static PlanMessage of(
      long run, Pipeline pipeline, OpenSource open, List<Operator> operators, RunOptions options) {
    Source elsewhere = open.elsewhere();
    return new PlanMessage(
        run,
        elsewhere == null ? pipeline.source() : elsewhere,
        open.schema(),
        List.copyOf(operators),
        pipeline.sink(),
        false,
        options.digest(),
        options.lock(),
        MemoryShares.of(options).worker(),
        options.timeline(),
        0);
  }

  /** For a pass whose output is handed out as batches instead of going to the sink. */
  PlanMessage forBatches() {
    return new PlanMessage(
        run,
        source,
        schema,
        operators,
        null,
        true,
        digest,
        lock,
        memoryBytes,
        timeline,
        firstSplit);
  }

  /** For a pass that leaves out the first splits. */
  PlanMessage from(long split) {
    return new PlanMessage(
        run,
        source,
        schema,
        operators,
        sink,
        keepBatches,
        digest,
        lock,
        memoryBytes,
        timeline,
        split);
  }

  /** For a fit pass, which has no output. */
  PlanMessage forFit(boolean shipData) {
    return new PlanMessage(
        run,
        shipData ? null : source,
        schema,
        operators,
        null,
        false,
        false,
        lock,
        memoryBytes,
        timeline,
        firstSplit);
  }

  /** For workers that are sent the data of the splits. */
  PlanMessage withoutSource() {
    return new PlanMessage(
        run,
        null,
        schema,
        operators,
        sink,
        keepBatches,
        digest,
        lock,
        memoryBytes,
        timeline,
        firstSplit);
  }

  boolean sourceTravels() {
    try {
      RecordCodec.write(source);
      return true;
    } catch (SpecException e) {
      return false;
    }
  }

  byte[] write() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(VERSION);
      out.writeLong(run);
      out.writeBoolean(source != null);
      if (source != null) {
        block(out, travelling("source", source));
      }
      block(out, schema.toJson().getBytes(StandardCharsets.UTF_8));
      out.writeInt(operators.size());
      for (int i = 0; i < operators.size(); i++) {
        block(out, travelling(Stage.of(i + 1, operators.get(i)), operators.get(i)));
      }
      out.writeBoolean(sink != null);
      if (sink != null) {
        block(out, travelling("sink", sink));
      }
      out.writeBoolean(keepBatches);
      out.writeBoolean(digest);
      block(out, RecordCodec.write(lock));
      out.writeLong(memoryBytes);
      out.writeBoolean(timeline);
      out.writeLong(firstSplit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] travelling(Stage stage, Operator operator) {
    try {
      return RecordCodec.write(operator);
    } catch (SpecException e) {
      throw PipelineException.inStage(
          stage.number(),
          stage.name(),
          null,
          null,
          -1,
          "cannot travel to another process: "
              + e.getMessage()
              + "; make it a record of its own that implements Transform, or use mode threads",
          e);
    }
  }

  private static byte[] travelling(String what, Object record) {
    try {
      return RecordCodec.write(record);
    } catch (SpecException e) {
      throw new PipelineException(
          what
              + ": cannot travel to another process: "
              + e.getMessage()
              + "; use mode threads"
              + (what.equals("source") ? ", or ship data instead of splits" : ""),
          e);
    }
  }

  static PlanMessage read(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readInt();
      if (version != VERSION) {
        throw new IOException(
            "the plan has version " + version + " but this process knows " + VERSION);
      }
      long run = in.readLong();
      Source source = in.readBoolean() ? RecordCodec.read(block(in), Source.class) : null;
      Schema schema = Schema.fromJSON(new String(block(in), StandardCharsets.UTF_8));
      List<Operator> operators = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        operators.add(RecordCodec.read(block(in), Operator.class));
      }
      Sink sink = in.readBoolean() ? RecordCodec.read(block(in), Sink.class) : null;
      return new PlanMessage(
          run,
          source,
          schema,
          operators,
          sink,
          in.readBoolean(),
          in.readBoolean(),
          RecordCodec.read(block(in), LockPolicy.class),
          in.readLong(),
          in.readBoolean(),
          in.readLong());
    }
  }

  private static void block(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] block(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }
}
