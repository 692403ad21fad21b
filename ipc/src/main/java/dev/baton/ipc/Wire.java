package dev.baton.ipc;

import dev.baton.engine.PipelineException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the parent and a worker say to each other: the headers of messages. A payload, where there
 * is one, follows outside.
 *
 * <pre>
 * parent                          worker
 *                                 READY               takes plans
 * PLAN + plan                     OPENED or FAILED
 * SPLIT sequence, split           RESULTS + results, or FAILED
 * BATCHES sequence
 *   BATCH + batch …  END          RESULTS + results, or FAILED
 * FINISH                          FINISHED or FAILED
 * STOP
 * </pre>
 *
 * The parent sends splits ahead; the worker does them in that order. A RESULTS message holds
 * whatever was ready: results and ends of one or several splits, in order. While a worker is at
 * work a BEAT comes now and then between the others.
 */
sealed interface Wire {
  record Ready() implements Wire {}

  /**
   * A plan follows.
   *
   * @param beatMillis how often to send a {@link Beat} while at work
   */
  record Plan(int beatMillis) implements Wire {}

  record Opened() implements Wire {}

  /**
   * A split that the worker reads.
   *
   * @param suspect whether a worker died over it, so that each result is to be sent at once
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Split(long sequence, boolean suspect, byte[] split) implements Wire {}

  /**
   * A split whose batches follow.
   *
   * @param suspect as of a {@link Split}
   */
  record Batches(long sequence, boolean suspect) implements Wire {}

  record Batch() implements Wire {}

  record End() implements Wire {}

  /** No more splits of this plan. */
  record Finish() implements Wire {}

  record Finished() implements Wire {}

  /**
   * Results; their bytes lie one after the other in the payload, each at a multiple of 64.
   *
   * @param figures what the worker took since its last message of this kind
   */
  record Results(List<Item> items, Figures figures) implements Wire {
    static final int ALIGNMENT = 64;

    static long aligned(long bytes) {
      return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
    }
  }

  /**
   * A result, or the end of a split.
   *
   * @param bytes of the result; 0 at an end
   * @param workNanos what the split took the worker; -1 for a result
   */
  record Item(long bytes, long workNanos) {
    boolean isEnd() {
      return workNanos >= 0;
    }
  }

  /**
   * Figures of a worker.
   *
   * @param ledger as {@link dev.baton.engine.metrics.WorkerClock#drain} gave it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Figures(
      long lockWaitNanos,
      long switches,
      long sendNanos,
      long gcNanos,
      long compileNanos,
      long[] ledger) {}

  /**
   * A sign of life of a worker that is at work.
   *
   * @param steps how many stages of batches it has entered so far; it hangs when that stands still
   * @param waiting whether it waits for this parent to take results, so that it does not hang
   */
  record Beat(long steps, boolean waiting) implements Wire {}

  /** A split or a plan failed by an exception. */
  record Failed(
      String type, String message, int stage, String column, String batch, int row, String trace)
      implements Wire {
    private static final int MOST_TEXT = 8_000;

    static Failed of(Throwable e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      String message = e.getMessage() == null ? e.toString() : e.getMessage();
      if (e instanceof PipelineException p) {
        return new Failed(
            "pipeline", cut(message), p.stage(), p.column(), p.batch(), p.row(), cut(trace));
      }
      return new Failed(e.getClass().getName(), cut(message), 0, null, null, -1, cut(trace));
    }

    private static String cut(Object text) {
      String all = text.toString();
      return all.length() <= MOST_TEXT ? all : all.substring(0, MOST_TEXT) + " …";
    }

    /** The exception as the user should see it. */
    PipelineException exception() {
      Throwable there = new IOException("in the worker: " + trace);
      String text = type.equals("pipeline") ? message : type + ": " + message;
      return PipelineException.remote(text, stage, column, batch, row, there);
    }
  }

  record Stop() implements Wire {}

  /** The header of a message. */
  default byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      if (this instanceof Ready) {
        out.writeByte('R');
      } else if (this instanceof Plan plan) {
        out.writeByte('P');
        out.writeInt(plan.beatMillis);
      } else if (this instanceof Opened) {
        out.writeByte('O');
      } else if (this instanceof Split split) {
        out.writeByte('S');
        out.writeLong(split.sequence);
        out.writeBoolean(split.suspect);
        out.writeInt(split.split.length);
        out.write(split.split);
      } else if (this instanceof Batches batches) {
        out.writeByte('M');
        out.writeLong(batches.sequence);
        out.writeBoolean(batches.suspect);
      } else if (this instanceof Batch) {
        out.writeByte('B');
      } else if (this instanceof End) {
        out.writeByte('E');
      } else if (this instanceof Finish) {
        out.writeByte('f');
      } else if (this instanceof Finished) {
        out.writeByte('d');
      } else if (this instanceof Results results) {
        out.writeByte('=');
        out.writeInt(results.items.size());
        for (Item item : results.items) {
          out.writeLong(item.bytes);
          out.writeLong(item.workNanos);
        }
        out.writeLong(results.figures.lockWaitNanos);
        out.writeLong(results.figures.switches);
        out.writeLong(results.figures.sendNanos);
        out.writeLong(results.figures.gcNanos);
        out.writeLong(results.figures.compileNanos);
        longs(out, results.figures.ledger);
      } else if (this instanceof Beat beat) {
        out.writeByte('H');
        out.writeLong(beat.steps);
        out.writeBoolean(beat.waiting);
      } else if (this instanceof Failed failed) {
        out.writeByte('F');
        text(out, failed.type);
        text(out, failed.message);
        out.writeInt(failed.stage);
        text(out, failed.column);
        text(out, failed.batch);
        out.writeInt(failed.row);
        text(out, failed.trace);
      } else {
        out.writeByte('.');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** What a header says. */
  static Wire of(byte[] header) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(header))) {
      int type = in.readByte();
      return switch (type) {
        case 'R' -> new Ready();
        case 'P' -> new Plan(in.readInt());
        case 'O' -> new Opened();
        case 'S' -> new Split(in.readLong(), in.readBoolean(), in.readNBytes(in.readInt()));
        case 'M' -> new Batches(in.readLong(), in.readBoolean());
        case 'B' -> new Batch();
        case 'E' -> new End();
        case 'f' -> new Finish();
        case 'd' -> new Finished();
        case '=' -> results(in);
        case 'H' -> new Beat(in.readLong(), in.readBoolean());
        case 'F' ->
            new Failed(
                text(in), text(in), in.readInt(), text(in), text(in), in.readInt(), text(in));
        case '.' -> new Stop();
        default -> throw new IOException("a message of unknown type " + type);
      };
    }
  }

  private static Results results(DataInputStream in) throws IOException {
    List<Item> items = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      items.add(new Item(in.readLong(), in.readLong()));
    }
    return new Results(
        items,
        new Figures(
            in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), longs(in)));
  }

  private static void longs(DataOutputStream out, long[] longs) throws IOException {
    out.writeInt(longs.length);
    for (long value : longs) {
      out.writeLong(value);
    }
  }

  private static long[] longs(DataInputStream in) throws IOException {
    long[] longs = new long[in.readInt()];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = in.readLong();
    }
    return longs;
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      out.writeUTF(text);
    }
  }

  private static String text(DataInputStream in) throws IOException {
    return in.readBoolean() ? in.readUTF() : null;
  }
}
