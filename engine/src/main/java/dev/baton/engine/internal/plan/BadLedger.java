package dev.baton.engine.internal.plan;

import dev.baton.engine.PipelineException;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.BadRows;
import dev.baton.engine.batch.BadRows.Finding;
import dev.baton.engine.source.AtomicFile;
import dev.baton.engine.source.OnBad;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Counts what the source or one stage refused, in the order of the data, keeps its limits and
 * writes it down. Confined to the thread that takes the results.
 */
final class BadLedger implements AutoCloseable {
  private static final String OF_SOURCE = "file,line,byte,column,rule,text\n";
  private static final String OF_STAGE = "file,line,byte,row,column,rule,text\n";

  /** Null for the source. */
  private final Stage stage;

  private final OnBad policy;
  private AtomicFile rejects;
  private long count;
  private Finding first;

  /**
   * @param stage null for the source
   */
  BadLedger(Stage stage, OnBad policy) {
    this.stage = stage;
    this.policy = policy;
  }

  void startPass() {
    count = 0;
    first = null;
  }

  /**
   * Starts to write down what is left out; for the last pass.
   *
   * @param resumable whether what is written stays when it does not become complete
   * @param state where {@link #checkpoint} wrote; null to start
   */
  void open(boolean resumable, DataInputStream state) {
    try {
      long length = state == null ? 0 : restore(state);
      if (policy instanceof OnBad.Reject reject) {
        rejects =
            resumable
                ? AtomicFile.resume(reject.to(), part(reject.to()), length)
                : AtomicFile.create(reject.to());
        if (length == 0) {
          String header = stage == null ? OF_SOURCE : OF_STAGE;
          rejects.write(ByteBuffer.wrap(header.getBytes(StandardCharsets.UTF_8)));
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Counts on from where {@link #checkpoint} wrote; returns the bytes of the file. */
  private long restore(DataInputStream state) throws IOException {
    long length = state.readLong();
    BadRows before = BadRows.read(state.readNBytes(state.readInt()));
    if (before != null) {
      count = before.count();
      first = before.found().get(0);
    }
    return length;
  }

  /** Gives the file its name, if an earlier run was killed when it was complete. */
  void finish(DataInputStream state) {
    try {
      restore(state);
      if (policy instanceof OnBad.Reject reject) {
        AtomicFile.finish(reject.to(), part(reject.to()));
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Beside the file, as it must be on its file system. */
  private static Path part(Path to) {
    return to.resolveSibling(to.getFileName() + ".part-resume");
  }

  /** Brings to disk what was written, and writes what is needed to go on from here. */
  void checkpoint(DataOutputStream state) throws IOException {
    if (rejects != null) {
      rejects.force();
    }
    byte[] counted = BadRows.write(first == null ? null : new BadRows(count, List.of(first)));
    state.writeLong(rejects == null ? 0 : rejects.bytes());
    state.writeInt(counted.length);
    state.write(counted);
  }

  /** Takes account of rows and of what was found in them. */
  void add(long rows, List<Finding> found) {
    if (rows == 0) {
      return;
    }
    count += rows;
    first = first == null ? found.get(0) : first;
    if (count > policy.most()) {
      throw exceeded("more than the " + policy.most() + " rows that may be bad");
    }
    if (rejects != null) {
      try {
        rejects.write(ByteBuffer.wrap(lines(found)));
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  /**
   * Checks the share of all rows.
   *
   * @param rows of the source, with those it left out
   */
  void endPass(long rows) {
    if (count > policy.mostShare() * rows) {
      throw exceeded(
          String.format(
              "%d of %d rows are bad, more than the share of %s that may be",
              count, rows, policy.mostShare()));
    }
  }

  /** How many rows were left out. */
  long leftOut() {
    return policy instanceof OnBad.MakeNull ? 0 : count;
  }

  private PipelineException exceeded(String what) {
    return new PipelineException(
        (stage == null ? "source" : stage.place())
            + ": "
            + what
            + "; the first: "
            + first.describe(),
        null);
  }

  private static RuntimeException failed(IOException e) {
    return Failures.outside("rejects", null, e);
  }

  /** Brings the file to disk, so that only its name is missing. */
  void complete() {
    if (rejects != null) {
      try {
        rejects.complete();
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  /** Gives the file its name. */
  void finish() {
    if (rejects != null) {
      try {
        rejects.finish();
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  RunReport.Bad report() {
    return new RunReport.Bad(policy, count, first == null ? null : first.describe());
  }

  private byte[] lines(List<Finding> found) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Finding finding : found) {
      field(out, finding.file().getBytes(StandardCharsets.UTF_8));
      number(out, finding.line());
      number(out, finding.offset());
      if (stage != null) {
        number(out, finding.row());
      }
      out.write(',');
      if (finding.column() != null) {
        field(out, finding.column().getBytes(StandardCharsets.UTF_8));
      }
      out.write(',');
      field(out, finding.rule().getBytes(StandardCharsets.UTF_8));
      out.write(',');
      field(out, finding.text().getBytes(StandardCharsets.ISO_8859_1));
      out.write('\n');
    }
    return out.toByteArray();
  }

  private static void number(ByteArrayOutputStream out, long number) {
    String text = number == Finding.UNKNOWN ? "," : "," + number;
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Bytes as they are, in quotes; so no text is lost that is not UTF-8. */
  private static void field(ByteArrayOutputStream out, byte[] text) {
    out.write('"');
    for (byte b : text) {
      if (b == '"') {
        out.write(b);
      }
      out.write(b);
    }
    out.write('"');
  }

  @Override
  public void close() {
    if (rejects != null) {
      try {
        rejects.close();
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }
}
