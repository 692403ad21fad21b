package dev.baton.engine.spec;

import java.util.List;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes a tree as YAML text: the outer levels line by line, the inner ones in braces. */
final class YamlWriter {
  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setSchema(new CoreSchema())
          .setIndent(2)
          .setIndicatorIndent(2)
          .setIndentWithIndicator(true)
          .setSplitLines(false)
          .build();

  private YamlWriter() {}

  /**
   * The text of a tree.
   *
   * @param blocks how many levels to write line by line
   */
  static String write(Yaml yaml, int blocks) {
    StringBuilder text = new StringBuilder();
    new Dump(SETTINGS)
        .dumpNode(
            node(yaml, blocks),
            new StreamDataWriter() {
              @Override
              public void write(String part) {
                text.append(part);
              }

              @Override
              public void write(String part, int offset, int length) {
                text.append(part, offset, offset + length);
              }
            });
    return text.toString();
  }

  private static Node node(Yaml yaml, int blocks) {
    FlowStyle style = blocks > 0 ? FlowStyle.BLOCK : FlowStyle.FLOW;
    if (yaml instanceof Yaml.Mapping mapping) {
      List<NodeTuple> tuples =
          mapping.fields().values().stream()
              .map(f -> new NodeTuple(text(f.key()), node(f.value(), blocks - 1)))
              .toList();
      return new MappingNode(Tag.MAP, tuples, tuples.isEmpty() ? FlowStyle.FLOW : style);
    }
    if (yaml instanceof Yaml.Sequence sequence) {
      List<Node> items = sequence.items().stream().map(i -> node(i, blocks - 1)).toList();
      return new SequenceNode(Tag.SEQ, items, items.isEmpty() ? FlowStyle.FLOW : style);
    }
    Yaml.Scalar scalar = (Yaml.Scalar) yaml;
    if (scalar.style() == Yaml.Style.TEXT) {
      return text(scalar.text());
    }
    Tag tag = SETTINGS.getSchema().getScalarResolver().resolve(scalar.text(), true);
    return new ScalarNode(tag, scalar.text(), ScalarStyle.PLAIN);
  }

  private static Node text(String text) {
    boolean breaks = text.indexOf('\n') >= 0;
    return new ScalarNode(Tag.STR, text, breaks ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN);
  }
}
