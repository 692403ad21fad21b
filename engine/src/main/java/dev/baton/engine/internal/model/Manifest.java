package dev.baton.engine.internal.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.engine.Engine;
import dev.baton.engine.FittedPipeline;
import dev.baton.engine.FittedStage;
import dev.baton.engine.TrainingRound;
import dev.baton.engine.spec.RecordText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** {@code model.json} of a model file: what people read, and where everything else is. */
final class Manifest {
  static final String NAME = "model.json";
  static final String SOURCE = "source";
  static final String FORMAT = "baton-model";

  /** Raised when a reader of before would misunderstand what a writer of now writes. */
  static final int VERSION = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What must be true of another part of the file. */
  record Part(long bytes, String sha256) {}

  private Manifest() {}

  /** Where a stage's part is. */
  static String path(int stage, String part) {
    return "stages/" + stage + "/" + part;
  }

  static byte[] write(FittedPipeline fitted, Map<String, Part> parts) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT);
    json.put("version", VERSION);
    json.put("baton", Engine.version());
    json.set("schema", schema(fitted.schema()));
    ArrayNode rounds = json.putArray("training");
    for (TrainingRound round : fitted.rounds()) {
      rounds
          .addObject()
          .put("date", round.date().toString())
          .put("source", round.source())
          .put("rows", round.rows())
          .put("baton", round.version());
    }
    ArrayNode stages = json.putArray("stages");
    for (int i = 0; i < fitted.stages().size(); i++) {
      write(i + 1, fitted.stages().get(i), stages.addObject());
    }
    ObjectNode files = json.putObject("files");
    parts.forEach(
        (name, part) ->
            files.putObject(name).put("bytes", part.bytes()).put("sha256", part.sha256()));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
  }

  private static void write(int number, FittedStage stage, ObjectNode json) throws IOException {
    json.put("number", number);
    json.put("operator", RecordText.of(stage.written()));
    json.put("class", stage.written().getClass().getName());
    json.put("learned", stage.learned());
    json.put("caveat", stage.caveat());
    json.set("observed", schema(new Schema(stage.observed())));
  }

  private static JsonNode schema(Schema schema) throws IOException {
    return JSON.readTree(schema.toJson());
  }

  /** The JSON of a manifest. */
  static JsonNode parse(byte[] bytes) throws IOException {
    try {
      return JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IOException(NAME + " is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  static Schema schema(JsonNode json) throws IOException {
    return Schema.fromJSON(json.toString());
  }

  static List<TrainingRound> rounds(JsonNode json) {
    List<TrainingRound> rounds = new ArrayList<>();
    for (JsonNode round : json) {
      rounds.add(
          new TrainingRound(
              Instant.parse(round.path("date").asText()),
              round.path("source").asText(),
              round.path("rows").asLong(),
              round.path("baton").asText()));
    }
    return rounds;
  }

  static List<Field> observed(JsonNode stage) throws IOException {
    return schema(stage.path("observed")).getFields();
  }

  /** A text, or null. */
  static String text(JsonNode json) {
    return json.isTextual() ? json.asText() : null;
  }
}
