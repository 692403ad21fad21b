package dev.baton.engine.internal.model;

import dev.baton.engine.FittedPipeline;
import dev.baton.engine.FittedStage;
import dev.baton.engine.PipelineException;
import dev.baton.engine.internal.model.Manifest.Part;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.SavedState;
import dev.baton.engine.source.AtomicFile;
import dev.baton.engine.source.Source;
import dev.baton.engine.spec.RecordCodec;
import dev.baton.engine.spec.SpecException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes model files. */
public final class ModelWriter {
  /** Something that is written twice: once for its checksums, once into the file. */
  private interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  private ModelWriter() {}

  /** As {@link FittedPipeline#save}. */
  public static void write(FittedPipeline fitted, Path file) {
    Map<String, Body> bodies = bodies(fitted);
    try (AtomicFile target = AtomicFile.create(file);
        ZipOutputStream zip =
            new ZipOutputStream(
                new BufferedOutputStream(Channels.newOutputStream(target), 1 << 16))) {
      Map<String, ZipEntry> entries = new LinkedHashMap<>();
      Map<String, Part> parts = new LinkedHashMap<>();
      for (Map.Entry<String, Body> body : bodies.entrySet()) {
        ZipEntry entry = entry(body.getKey());
        entries.put(body.getKey(), entry);
        parts.put(body.getKey(), measure(body.getValue(), entry));
      }
      byte[] manifest = Manifest.write(fitted, parts);
      ZipEntry first = entry(Manifest.NAME);
      measure(out -> out.write(manifest), first);
      put(zip, first, out -> out.write(manifest));
      for (Map.Entry<String, Body> body : bodies.entrySet()) {
        put(zip, entries.get(body.getKey()), body.getValue());
      }
      zip.finish();
      zip.flush();
      target.finish();
    } catch (IOException e) {
      throw new PipelineException(e.getMessage(), e);
    }
  }

  private static Map<String, Body> bodies(FittedPipeline fitted) {
    Map<String, Body> bodies = new LinkedHashMap<>();
    byte[] source = source(fitted.source());
    if (source != null) {
      bodies.put(Manifest.SOURCE, out -> out.write(source));
    }
    for (int i = 0; i < fitted.stages().size(); i++) {
      FittedStage stage = fitted.stages().get(i);
      byte[] operator = record(i + 1, stage.written());
      bodies.put(Manifest.path(i + 1, "operator"), out -> out.write(operator));
      if (!stage.applied().equals(stage.written())) {
        byte[] applied = record(i + 1, stage.applied());
        bodies.put(Manifest.path(i + 1, "applied"), out -> out.write(applied));
      }
      SavedState state = stage.state();
      if (state != null) {
        bodies.put(Manifest.path(i + 1, "state"), state::writeTo);
      }
    }
    return bodies;
  }

  /** Null for a source that exists only in Java. */
  private static byte[] source(Source source) {
    try {
      return source == null ? null : RecordCodec.write(source);
    } catch (SpecException e) {
      return null;
    }
  }

  private static byte[] record(int number, Operator operator) {
    try {
      return RecordCodec.write(operator);
    } catch (SpecException e) {
      throw PipelineException.inStage(
          number,
          operator.getClass().getSimpleName(),
          null,
          null,
          -1,
          "cannot be saved: "
              + e.getMessage()
              + "; make it a record of its own that implements Transform",
          e);
    }
  }

  // Stored, not deflated: no part can then be longer than the file it is in.
  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
    return entry;
  }

  private static Part measure(Body body, ZipEntry entry) throws IOException {
    CRC32 crc = new CRC32();
    Counter counter = new Counter();
    DigestOutputStream sha =
        new DigestOutputStream(new CheckedOutputStream(counter, crc), Checksum.sha256());
    body.writeTo(sha);
    entry.setSize(counter.bytes);
    entry.setCompressedSize(counter.bytes);
    entry.setCrc(crc.getValue());
    return new Part(counter.bytes, HexFormat.of().formatHex(sha.getMessageDigest().digest()));
  }

  private static void put(ZipOutputStream zip, ZipEntry entry, Body body) throws IOException {
    zip.putNextEntry(entry);
    body.writeTo(zip);
    zip.closeEntry();
  }

  /** Counts what it is given and forgets it. */
  private static final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      bytes += length;
    }
  }
}
