package dev.baton.engine.internal.plan;

import dev.baton.engine.PipelineException;
import dev.baton.engine.RunReport;
import dev.baton.engine.batch.BadRows;
import dev.baton.engine.source.AtomicFile;
import dev.baton.engine.source.OnBad;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Counts bad rows in the order of the data, keeps their limits and writes them down. Confined to
 * the thread that takes the results.
 */
final class BadLedger implements AutoCloseable {
  private static final String HEADER = "file,line,byte,column,rule,text\n";

  private final OnBad policy;
  private AtomicFile rejects;
  private BadRows seen;

  BadLedger(OnBad policy) {
    this.policy = policy;
  }

  void startPass() {
    seen = null;
  }

  /**
   * Starts to write down what is left out; for the last pass.
   *
   * @param resumable whether what is written stays when it does not become complete
   * @param state what {@link #checkpoint} gave; null to start
   */
  void open(boolean resumable, byte[] state) {
    try {
      long length = 0;
      if (state != null) {
        length = ByteBuffer.wrap(state).getLong();
        seen = BadRows.read(Arrays.copyOfRange(state, Long.BYTES, state.length));
      }
      if (policy instanceof OnBad.Reject reject) {
        rejects =
            resumable
                ? AtomicFile.resume(reject.to(), part(reject.to()), length)
                : AtomicFile.create(reject.to());
        if (length == 0) {
          rejects.write(ByteBuffer.wrap(HEADER.getBytes(StandardCharsets.UTF_8)));
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Beside the file, as it must be on its file system. */
  private static Path part(Path to) {
    return to.resolveSibling(to.getFileName() + ".part-resume");
  }

  /** Brings to disk what was written; gives what is needed to go on from here. */
  byte[] checkpoint() throws IOException {
    if (rejects != null) {
      rejects.force();
    }
    byte[] counted = BadRows.write(seen);
    return ByteBuffer.allocate(Long.BYTES + counted.length)
        .putLong(rejects == null ? 0 : rejects.bytes())
        .put(counted)
        .array();
  }

  /** Takes account of what was found, null for nothing. */
  void add(BadRows bad) {
    if (bad == null) {
      return;
    }
    seen = BadRows.sum(seen, bad.first());
    if (seen.count() > policy.most()) {
      throw exceeded("more than the " + policy.most() + " rows that may be bad");
    }
    if (rejects != null) {
      try {
        rejects.write(ByteBuffer.wrap(lines(bad)));
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  /**
   * Checks the share of all rows.
   *
   * @param good rows that were not left out
   */
  void endPass(long good) {
    if (seen == null) {
      return;
    }
    long rows = policy instanceof OnBad.MakeNull ? good : good + seen.count();
    if (seen.count() > policy.mostShare() * rows) {
      throw exceeded(
          String.format(
              "%d of %d rows are bad, more than the share of %s that may be",
              seen.count(), rows, policy.mostShare()));
    }
  }

  private PipelineException exceeded(String what) {
    return new PipelineException(
        "source: " + what + "; the first: " + seen.found().get(0).describe(), null);
  }

  private static RuntimeException failed(IOException e) {
    return Failures.outside("rejects", null, e);
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
    return new RunReport.Bad(
        policy,
        seen == null ? 0 : seen.count(),
        seen == null ? null : seen.found().get(0).describe());
  }

  private static byte[] lines(BadRows bad) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (BadRows.Finding finding : bad.found()) {
      field(out, finding.file().getBytes(StandardCharsets.UTF_8));
      number(out, finding.line());
      number(out, finding.offset());
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
    out.writeBytes(("," + number).getBytes(StandardCharsets.US_ASCII));
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
