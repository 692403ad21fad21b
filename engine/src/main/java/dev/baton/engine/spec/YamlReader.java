package dev.baton.engine.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML text as a tree of texts, lists and maps, and as nothing else: no type a document names
 * is ever loaded. Aliases may be used, but what they expand to is bounded.
 */
final class YamlReader {
  private static final int MAX_CHARACTERS = 1 << 20;
  private static final int MAX_NODES = 100_000;
  private static final int MAX_DEPTH = 50;
  private static final Set<Tag> TAGS =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MAP, Tag.SEQ);

  private final String file;
  private int nodes;

  private YamlReader(String file) {
    this.file = file;
  }

  /**
   * The document in {@code text}.
   *
   * @param file how messages name it
   */
  static Yaml read(String text, String file) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setSchema(new CoreSchema())
            .setAllowNonScalarKeys(true)
            .setCodePointLimit(MAX_CHARACTERS)
            .build();
    YamlReader reader = new YamlReader(file);
    try {
      Optional<Node> root = new Compose(settings).composeString(text);
      return reader.convert(
          root.orElseThrow(() -> new SpecException(file + ": the file is empty")), 0);
    } catch (MarkedYamlEngineException e) {
      throw reader.invalid(e);
    } catch (YamlEngineException e) {
      throw new SpecException(file + ": not valid YAML: " + e.getMessage());
    } catch (StackOverflowError e) {
      throw new SpecException(file + ": nested too deeply");
    }
  }

  private SpecException invalid(MarkedYamlEngineException e) {
    String problem = e.getProblem() == null ? e.getContext() : e.getProblem();
    return new SpecException(at(e.getProblemMark()), "not valid YAML: " + problem);
  }

  private Position at(Optional<Mark> mark) {
    return mark.map(m -> new Position(file, m.getLine() + 1, m.getColumn() + 1))
        .orElse(new Position(file, 1, 1));
  }

  private Yaml convert(Node node, int depth) {
    Position at = at(node.getStartMark());
    if (++nodes > MAX_NODES) {
      throw new SpecException(
          at, "more than " + MAX_NODES + " values, counting each use of an alias");
    }
    if (depth > MAX_DEPTH) {
      throw new SpecException(at, "nested more than " + MAX_DEPTH + " deep");
    }
    if (!TAGS.contains(node.getTag())) {
      throw new SpecException(at, "the tag '" + node.getTag() + "' is not allowed; leave it out");
    }
    if (node instanceof ScalarNode scalar) {
      boolean isNull = scalar.getTag().equals(Tag.NULL);
      return new Yaml.Scalar(scalar.getValue(), isNull ? Yaml.Style.NULL : Yaml.Style.TEXT, at);
    }
    if (node instanceof SequenceNode sequence) {
      List<Yaml> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(convert(item, depth + 1));
      }
      return new Yaml.Sequence(items, at);
    }
    Map<String, Yaml.Field> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : ((MappingNode) node).getValue()) {
      Position keyAt = at(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new SpecException(keyAt, "a key must be a text");
      }
      Yaml value = convert(tuple.getValueNode(), depth + 1);
      Yaml.Field earlier =
          fields.putIfAbsent(key.getValue(), new Yaml.Field(key.getValue(), value, keyAt));
      if (earlier != null) {
        throw new SpecException(
            keyAt,
            String.format(
                "the key '%s' is there twice, first in line %d",
                key.getValue(), earlier.at().line()));
      }
    }
    return new Yaml.Mapping(fields, at);
  }
}
