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

/**
 * What the parent and a worker say to each other: the headers of messages. A payload, where there
 * is one, follows outside.
 *
 * <pre>
 * parent                          worker
 *                                 READY             takes plans
 * PLAN + plan                     OPENED or FAILED
 * SPLIT sequence, split           RESULT + result … DONE or FAILED
 * BATCHES sequence                WANT              wants the next batch
 *   BATCH + batch, or END         RESULT + result … DONE or FAILED
 * STOP
 * </pre>
 */
sealed interface Wire {
  record Ready() implements Wire {}

  record Plan() implements Wire {}

  record Opened() implements Wire {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Split(long sequence, byte[] split) implements Wire {}

  record Batches(long sequence) implements Wire {}

  record Want() implements Wire {}

  record Batch() implements Wire {}

  record End() implements Wire {}

  record Result() implements Wire {}

  /** A split is done; the figures are what it took in the worker. */
  record Done(long lockWaitNanos, long switches, long sendNanos) implements Wire {}

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
      } else if (this instanceof Plan) {
        out.writeByte('P');
      } else if (this instanceof Opened) {
        out.writeByte('O');
      } else if (this instanceof Split split) {
        out.writeByte('S');
        out.writeLong(split.sequence);
        out.writeInt(split.split.length);
        out.write(split.split);
      } else if (this instanceof Batches batches) {
        out.writeByte('M');
        out.writeLong(batches.sequence);
      } else if (this instanceof Want) {
        out.writeByte('W');
      } else if (this instanceof Batch) {
        out.writeByte('B');
      } else if (this instanceof End) {
        out.writeByte('E');
      } else if (this instanceof Result) {
        out.writeByte('=');
      } else if (this instanceof Done done) {
        out.writeByte('D');
        out.writeLong(done.lockWaitNanos);
        out.writeLong(done.switches);
        out.writeLong(done.sendNanos);
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
        case 'P' -> new Plan();
        case 'O' -> new Opened();
        case 'S' -> new Split(in.readLong(), in.readNBytes(in.readInt()));
        case 'M' -> new Batches(in.readLong());
        case 'W' -> new Want();
        case 'B' -> new Batch();
        case 'E' -> new End();
        case '=' -> new Result();
        case 'D' -> new Done(in.readLong(), in.readLong(), in.readLong());
        case 'F' ->
            new Failed(
                text(in), text(in), in.readInt(), text(in), text(in), in.readInt(), text(in));
        case '.' -> new Stop();
        default -> throw new IOException("a message of unknown type " + type);
      };
    }
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
