package dev.baton.engine.spec;

import dev.baton.engine.Pipeline;
import dev.baton.engine.batch.Names;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.source.Repeat;
import dev.baton.engine.source.Sink;
import dev.baton.engine.source.Source;
import dev.baton.engine.source.WithSchema;
import dev.baton.engine.spec.index.Kind;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A pipeline and how to run it, as a YAML file says it.
 *
 * <pre>
 * source:
 *   csv: {path: data/birdstrikes.csv}
 *   schema: {speed: int64, airport: utf8}
 *   repeat: 100
 * steps:
 *   - simple-imputer: {columns: [speed], strategy: median}
 * sink:
 *   arrow: {path: out.arrow}
 * run:
 *   mode: threads
 * </pre>
 *
 * @param pipeline equal to the one that the same constructor calls build in Java
 * @param run what the file says about running it
 */
public record PipelineFile(Pipeline pipeline, RunSettings run) {
  private static final List<String> KEYS = List.of("source", "steps", "sink", "run");
  private static final String SCHEMA = "schema";
  private static final String REPEAT = "repeat";
  private static final Form TYPES = new MapForm(Forms.of(String.class));
  private static final Form TIMES = Forms.of(int.class);
  private static final Form SOURCE = new NamedForm(Kind.SOURCE);
  private static final Form SINK = new NamedForm(Kind.SINK);
  private static final Form OPERATOR = new NamedForm(Kind.OPERATOR);
  private static final Form RUN = new RecordForm(RecordShape.of(RunSettings.class));

  /**
   * Reads a file with the operators on the class path.
   *
   * @throws SpecException when it cannot be read or is not right, naming file, line and column
   */
  public static PipelineFile read(Path file) {
    return read(file, Catalogue.load());
  }

  /** Reads a file with the operators of a catalogue. */
  public static PipelineFile read(Path file, Catalogue catalogue) {
    try {
      return parse(Files.readString(file), file, catalogue);
    } catch (NoSuchFileException e) {
      throw new SpecException(file + ": no such file");
    } catch (CharacterCodingException e) {
      throw new SpecException(file + ": not a text in UTF-8");
    } catch (IOException e) {
      throw new SpecException(file + ": cannot be read: " + e);
    }
  }

  /**
   * Reads the text of a file.
   *
   * @param file where it is from: names it in messages, and paths are relative to its folder
   */
  public static PipelineFile parse(String text, Path file, Catalogue catalogue) {
    Context context = new Context(catalogue, folder(file), "");
    Yaml root = YamlReader.read(text, file.toString());
    if (!(root instanceof Yaml.Mapping mapping)) {
      throw context.error(
          root.at(), "expected a map of source, steps, sink, run but was " + root.found());
    }
    for (Yaml.Field field : mapping.fields().values()) {
      if (!KEYS.contains(field.key())) {
        String hint = Names.hint(field.key(), KEYS);
        throw context.error(field.at(), "unknown key '" + field.key() + "'" + hint);
      }
    }
    Yaml source = value(mapping, "source");
    if (source == null) {
      throw context.error(root.at(), "missing required key 'source'");
    }
    Yaml sink = value(mapping, "sink");
    Yaml run = value(mapping, "run");
    return new PipelineFile(
        new Pipeline(
            source(source, context),
            steps(value(mapping, "steps"), context),
            sink == null ? null : (Sink) SINK.read(sink, context)),
        run == null ? new RunSettings() : (RunSettings) RUN.read(run, context.in("run")));
  }

  /** The value of a key, or null when the file says nothing. */
  private static Yaml value(Yaml.Mapping mapping, String key) {
    Yaml.Field field = mapping.fields().get(key);
    boolean nothing =
        field == null || field.value() instanceof Yaml.Scalar scalar && scalar.isNull();
    return nothing ? null : field.value();
  }

  private static Source source(Yaml yaml, Context context) {
    if (!(yaml instanceof Yaml.Mapping mapping)) {
      return (Source) SOURCE.read(yaml, context);
    }
    Map<String, Yaml.Field> others = new LinkedHashMap<>(mapping.fields());
    Yaml.Field schema = others.remove(SCHEMA);
    Yaml.Field times = others.remove(REPEAT);
    Source source = (Source) SOURCE.read(new Yaml.Mapping(others, yaml.at()), context);
    if (schema != null) {
      source = wrapped(source, schema, TYPES, Source::withSchema, context);
    }
    return times == null ? source : wrapped(source, times, TIMES, Source::repeat, context);
  }

  @SuppressWarnings("unchecked")
  private static <T> Source wrapped(
      Source source,
      Yaml.Field field,
      Form form,
      BiFunction<Source, T, Source> by,
      Context context) {
    Context here = context.in("source").in(field.key());
    T parameter = (T) form.read(field.value(), here);
    try {
      return by.apply(source, parameter);
    } catch (IllegalArgumentException e) {
      throw here.error(field.value().at(), e);
    }
  }

  private static List<Operator> steps(Yaml yaml, Context context) {
    if (yaml == null) {
      return List.of();
    }
    if (!(yaml instanceof Yaml.Sequence sequence)) {
      throw context.error(
          yaml.at(),
          "steps: expected a list of operators but was "
              + yaml.found()
              + "; put '- ' before each operator");
    }
    List<Operator> steps = new ArrayList<>();
    for (Yaml step : sequence.items()) {
      steps.add((Operator) OPERATOR.read(step, context));
    }
    return steps;
  }

  /**
   * The text of a file that says the same. Parameters that have their default value are left out.
   *
   * @param file where it will be: paths in its folder are written relative to it
   * @throws SpecException when something in the pipeline exists only in Java, such as a function
   */
  public String toYaml(Path file, Catalogue catalogue) {
    Context context = new Context(catalogue, folder(file), "");
    Map<String, Yaml.Field> fields = new LinkedHashMap<>();
    put(fields, "source", sourceYaml(pipeline.source(), context));
    if (!pipeline.operators().isEmpty()) {
      List<Yaml> steps = new ArrayList<>();
      for (Operator operator : pipeline.operators()) {
        steps.add(OPERATOR.write(operator, context));
      }
      put(fields, "steps", new Yaml.Sequence(steps, Position.NONE));
    }
    if (pipeline.sink() != null) {
      put(fields, "sink", SINK.write(pipeline.sink(), context));
    }
    if (!run.equals(new RunSettings())) {
      put(fields, "run", RUN.write(run, context.in("run")));
    }
    return YamlWriter.write(new Yaml.Mapping(fields, Position.NONE), 3);
  }

  private static Yaml sourceYaml(Source source, Context context) {
    Map<String, Yaml.Field> wrappers = new LinkedHashMap<>();
    Source reader = source;
    if (reader instanceof Repeat repeat) {
      put(wrappers, REPEAT, TIMES.write(repeat.times(), context));
      reader = repeat.source();
    }
    if (reader instanceof WithSchema checked) {
      put(wrappers, SCHEMA, TYPES.write(checked.schema(), context));
      reader = checked.source();
    }
    Yaml written = SOURCE.write(reader, context);
    if (wrappers.isEmpty()) {
      return written;
    }
    Called called = Called.read(written);
    Map<String, Yaml.Field> fields = new LinkedHashMap<>();
    put(fields, called.name(), called.parameters());
    fields.putAll(wrappers);
    return new Yaml.Mapping(fields, Position.NONE);
  }

  private static void put(Map<String, Yaml.Field> fields, String key, Yaml value) {
    fields.put(key, Yaml.Field.of(key, value));
  }

  private static Path folder(Path file) {
    Path folder = file.getParent();
    return folder == null ? Path.of("") : folder.normalize();
  }
}
