package dev.baton.engine.internal.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.engine.Engine;
import dev.baton.engine.FittedPipeline;
import dev.baton.engine.FittedStage;
import dev.baton.engine.PipelineException;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.operator.SavedState;
import dev.baton.engine.source.Source;
import dev.baton.engine.spec.RecordCodec;
import dev.baton.engine.spec.SpecException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;
import org.apache.arrow.vector.types.pojo.Schema;

/** Reads model files, trusting no length and nothing that its checksum does not vouch for. */
public final class ModelReader {
  private ModelReader() {}

  /** As {@link FittedPipeline#load}. */
  public static FittedPipeline read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new PipelineException(file + ": no such file", null);
    }
    try (Parts parts = new Parts(file)) {
      JsonNode manifest = Manifest.parse(parts.checkedManifest());
      check(file, manifest);
      parts.check(manifest.path("files"));
      return build(file, parts, manifest);
    } catch (ZipException e) {
      throw new PipelineException(
          file
              + ": no model file, or cut off ("
              + e.getMessage()
              + "); copy it again as binary, or save it again with 'baton fit' or"
              + " FittedPipeline.save",
          e);
    } catch (IOException e) {
      throw damaged(file, e);
    }
  }

  private static PipelineException damaged(Path file, Exception e) {
    String reason = e.getMessage() == null ? e.toString() : e.getMessage();
    return new PipelineException(
        file + ": damaged: " + reason + "; copy it again, or save it again", e);
  }

  private static void check(Path file, JsonNode manifest) throws IOException {
    if (!Manifest.FORMAT.equals(manifest.path("format").asText())) {
      throw new IOException(Manifest.NAME + " does not say \"format\": \"baton-model\"");
    }
    int version = manifest.path("version").asInt(0);
    if (version > Manifest.VERSION) {
      throw new PipelineException(
          String.format(
              "%1$s: written by Baton %2$s in version %3$d of the format, but this is Baton %4$s,"
                  + " which reads up to version %5$d; use Baton %2$s or later, or fit again with"
                  + " this one",
              file,
              manifest.path("baton").asText("?"),
              version,
              Engine.version(),
              Manifest.VERSION),
          null);
    }
    if (version < 1) {
      throw new IOException(Manifest.NAME + " has version " + manifest.path("version"));
    }
  }

  private static FittedPipeline build(Path file, Parts parts, JsonNode manifest)
      throws IOException {
    Schema schema;
    List<FittedStage> stages = new ArrayList<>();
    try {
      schema = Manifest.schema(manifest.path("schema"));
      for (JsonNode stage : manifest.path("stages")) {
        stages.add(stage(file, parts, stages.size() + 1, stage));
      }
      return new FittedPipeline(
          schema, stages, source(parts), Manifest.rounds(manifest.path("training")));
    } catch (PipelineException e) {
      throw e;
    } catch (RuntimeException e) {
      // What passed its checksum was written so: by another hand, or by a version with an error.
      throw damaged(file, e);
    }
  }

  private static FittedStage stage(Path file, Parts parts, int number, JsonNode json)
      throws IOException {
    String name = json.path("class").asText();
    try {
      Operator written =
          RecordCodec.read(parts.bytes(Manifest.path(number, "operator")), Operator.class);
      String appliedPath = Manifest.path(number, "applied");
      Operator applied =
          parts.has(appliedPath)
              ? RecordCodec.read(parts.bytes(appliedPath), Operator.class)
              : written;
      return new FittedStage(
          written,
          applied,
          state(parts, Manifest.path(number, "state")),
          Manifest.observed(json),
          Manifest.text(json.path("caveat")));
    } catch (SpecException e) {
      throw new PipelineException(
          String.format(
              "%s: stage %d (%s) cannot be built: %s; put the jar that has it on the class path,"
                  + " in the version the file was written with",
              file, number, name, e.getMessage().replaceFirst("^:0:0: ", "")),
          e);
    }
  }

  private static SavedState state(Parts parts, String path) throws IOException {
    if (!parts.has(path)) {
      return null;
    }
    try (InputStream in = new BufferedInputStream(parts.open(path), 1 << 16)) {
      return SavedState.readFrom(in, parts.size(path));
    }
  }

  /** Null when it is not there, or its class is not: a fitted pipeline is good without. */
  private static Source source(Parts parts) throws IOException {
    try {
      return parts.has(Manifest.SOURCE)
          ? RecordCodec.read(parts.bytes(Manifest.SOURCE), Source.class)
          : null;
    } catch (SpecException e) {
      return null;
    }
  }
}
