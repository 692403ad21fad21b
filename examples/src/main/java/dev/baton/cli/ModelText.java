package dev.baton.cli;

import dev.baton.engine.FittedPipeline;
import dev.baton.engine.FittedStage;
import dev.baton.engine.TrainingRound;
import dev.baton.engine.batch.Types;
import dev.baton.engine.spec.RecordText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Schema;

/** What a fitted pipeline is and has learned. */
final class ModelText {
  private ModelText() {}

  static String of(FittedPipeline fitted) {
    StringBuilder text = new StringBuilder();
    for (TrainingRound round : fitted.rounds()) {
      line(
          text,
          "fitted",
          String.format(
              "%s on %s rows of %s, by Baton %s",
              round.date(), Human.count(round.rows()), round.source(), round.version()));
    }
    line(text, "reads", columns(fitted.schema()));
    for (int i = 0; i < fitted.stages().size(); i++) {
      append(text, i + 1, fitted.stages().get(i));
    }
    Schema output = fitted.output();
    line(text, "gives", output == null ? "what the rows at hand decide" : columns(output));
    return text.toString();
  }

  private static void append(StringBuilder text, int number, FittedStage stage) {
    line(text, "stage " + number, RecordText.of(stage.written()));
    if (stage.learned() != null) {
      line(text, "  learned", stage.learned());
    }
    if (stage.state() != null) {
      line(text, "  state", Human.bytes(stage.state().bytes()) + ", to go on from");
    }
    if (stage.caveat() != null) {
      line(text, "  caveat", stage.caveat());
    }
  }

  private static String columns(Schema schema) {
    return schema.getFields().stream()
        .map(field -> field.getName() + " " + Types.name(field.getType()))
        .collect(Collectors.joining(", "));
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format("%-9s %s%n", name, value));
  }

  static Map<String, Object> json(FittedPipeline fitted) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        "rounds",
        fitted.rounds().stream()
            .map(
                round ->
                    Map.of(
                        "date", round.date().toString(),
                        "rows", round.rows(),
                        "source", round.source(),
                        "version", round.version()))
            .toList());
    json.put("columns", fields(fitted.schema()));
    List<FittedStage> stages = fitted.stages();
    json.put("stages", stages.stream().map(ModelText::json).toList());
    Schema output = fitted.output();
    json.put("output", output == null ? null : fields(output));
    return json;
  }

  private static Map<String, Object> json(FittedStage stage) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("operator", RecordText.of(stage.written()));
    json.put("learned", stage.learned());
    json.put("stateBytes", stage.state() == null ? null : stage.state().bytes());
    json.put("caveat", stage.caveat());
    return json;
  }

  static Map<String, String> fields(Schema schema) {
    Map<String, String> fields = new LinkedHashMap<>();
    schema.getFields().forEach(f -> fields.put(f.getName(), Types.name(f.getType())));
    return fields;
  }
}
