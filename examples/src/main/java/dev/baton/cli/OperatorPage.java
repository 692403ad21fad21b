package dev.baton.cli;

import dev.baton.engine.operator.Estimator;
import dev.baton.engine.spec.Catalogue;
import dev.baton.engine.spec.Entry;
import dev.baton.engine.spec.Parameter;
import dev.baton.engine.spec.index.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code docs/operators.md}: every operator of Baton by its Javadoc, and who else has it. */
final class OperatorPage {
  private static final String PACKAGE = "dev.baton.operators.";
  private static final String HEAD =
      """
      # Operators

      Written by `./baton operators --markdown` from the Javadoc of each operator; change that and write it again. The same about one is
      `./baton operators NAME`. What a parameter may be is in [pipeline files](pipeline-files.md). In Java each operator is a record of the name in the
      heading, `standard-scaler` is `StandardScaler`; a constructor with just the required parameters has the defaults below.

      """;
  private static final String PARITY =
      """
      ## Who else has it

      The names are theirs, with what they do otherwise in brackets. Where scikit-learn has an operator, parameters mean what its own do, often by its
      names, and have its defaults. What differs throughout: numbers become float64 also where they were float32, codes and flags are int32 and int8; null and
      NaN are both missing, and no other value is (`missing_values`); vectors are columns, lists or pairs of lists by `output`, not matrices
      (`sparse_output`, `dtype`); nothing is drawn at random without a seed of its own (`random_state`).

      """;
  private static final String MISSING =
      """

      What these have and Baton has not: decompositions (PCA, SVD), splines, iterative imputation, centred kernels, slices of lists, images, and whatever is a model rather than
      preprocessing.

      """;

  private final List<Entry> entries;

  OperatorPage(Catalogue catalogue) {
    this.entries =
        catalogue.entries(Kind.OPERATOR).stream()
            .filter(entry -> entry.className().startsWith(PACKAGE))
            .toList();
  }

  String text() {
    StringBuilder text = new StringBuilder(HEAD);
    groups().forEach((group, members) -> contents(text, group, members));
    text.append('\n').append(PARITY);
    parity(text);
    text.append(MISSING);
    for (String system : Like.SYSTEMS) {
      comingFrom(text, system);
    }
    groups()
        .forEach(
            (group, members) -> {
              text.append("## ").append(title(group)).append("\n\n");
              members.forEach(entry -> describe(text, entry));
            });
    return text.toString().stripTrailing() + "\n";
  }

  private Map<String, List<Entry>> groups() {
    Map<String, List<Entry>> groups = new TreeMap<>();
    for (Entry entry : entries) {
      String inside = entry.className().substring(PACKAGE.length());
      String group = inside.substring(0, Math.max(0, inside.indexOf('.')));
      groups.computeIfAbsent(group, key -> new ArrayList<>()).add(entry);
    }
    return groups;
  }

  private static String title(String group) {
    return Character.toUpperCase(group.charAt(0)) + group.substring(1);
  }

  private static void contents(StringBuilder text, String group, List<Entry> members) {
    List<String> links = members.stream().map(OperatorPage::link).toList();
    text.append("- **").append(title(group)).append("**: ");
    text.append(String.join(" · ", links)).append('\n');
  }

  private static String link(Entry entry) {
    return "[" + entry.name() + "](#" + entry.name() + ")";
  }

  private void parity(StringBuilder text) {
    text.append("| Baton | ").append(String.join(" | ", Like.SYSTEMS)).append(" | others |\n");
    text.append("|---".repeat(Like.SYSTEMS.size() + 2)).append("|\n");
    for (Entry entry : entries) {
      Like like = Like.of(entry);
      text.append("| ").append(link(entry)).append(" |");
      for (String system : Like.SYSTEMS) {
        text.append(' ').append(cell(like.names(system))).append(" |");
      }
      text.append(' ').append(cell(String.join("; ", like.others()))).append(" |\n");
    }
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }

  private void comingFrom(StringBuilder text, String system) {
    Map<String, List<String>> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Entry entry : entries) {
      for (String name : Like.of(entry).words(system)) {
        names.computeIfAbsent(name, key -> new ArrayList<>()).add(link(entry));
      }
    }
    text.append("### Coming from ").append(system).append("\n\n");
    text.append("| there | here |\n|---|---|\n");
    names.forEach(
        (name, links) ->
            text.append(String.format("| %s | %s |%n", name, String.join(", ", links))));
    text.append('\n');
  }

  private static void describe(StringBuilder text, Entry entry) {
    text.append("### ").append(entry.name()).append("\n\n");
    Map<String, String> labelled = new LinkedHashMap<>();
    for (String paragraph : entry.doc().split("\n\\s*\n")) {
      String label = label(paragraph);
      if (label == null) {
        text.append(paragraph).append("\n\n");
      } else {
        labelled.put(label, paragraph.substring(label.length() + 1).strip());
      }
    }
    if (!entry.parameters().isEmpty()) {
      text.append("| parameter | type | default | |\n|---|---|---|---|\n");
      entry.parameters().forEach(parameter -> text.append(row(parameter)));
      text.append('\n');
    }
    labelled.remove("Like");
    if (!labelled.containsKey("State")) {
      labelled.put("State", isEstimator(entry) ? "not said." : "none; nothing to fit.");
    }
    for (String label : List.of("State", "Cost", "Source")) {
      if (labelled.containsKey(label)) {
        text.append("- ").append(label).append(": ").append(labelled.get(label)).append('\n');
      }
    }
    text.append('\n');
  }

  static boolean isEstimator(Entry entry) {
    return Estimator.class.isAssignableFrom(entry.type());
  }

  /** Which of the paragraphs with a label this is, or null. */
  private static String label(String paragraph) {
    for (String label : List.of("State", "Cost", "Source", "Like")) {
      if (paragraph.startsWith(label + ":")) {
        return label;
      }
    }
    return null;
  }

  private static String row(Parameter parameter) {
    String otherwise =
        parameter.required()
            ? "required"
            : parameter.defaultValue() == null ? "" : "`" + parameter.defaultValue() + "`";
    return String.format(
        "| `%s` | %s | %s | %s |%n",
        parameter.name(), cell(parameter.type()), cell(otherwise), cell(parameter.doc()));
  }
}
