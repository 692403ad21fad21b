package dev.baton.engine.spec;

import dev.baton.engine.operator.Binder;
import dev.baton.engine.operator.BoundTransform;
import dev.baton.engine.operator.Columns;
import dev.baton.engine.operator.KernelContext;
import dev.baton.engine.operator.Transform;
import dev.baton.engine.source.Encoded;
import dev.baton.engine.source.Encoder;
import dev.baton.engine.source.OpenSink;
import dev.baton.engine.source.OpenSource;
import dev.baton.engine.source.Sink;
import dev.baton.engine.source.Source;
import dev.baton.engine.spec.index.IndexEntry;
import dev.baton.engine.spec.index.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Records to read and write in tests. Not public, so that no index lists them. */
final class Trials {
  private Trials() {}

  /** A catalogue of the records below. */
  static Catalogue catalogue() {
    List<IndexEntry> index = new ArrayList<>();
    for (Class<?> type : Trials.class.getDeclaredClasses()) {
      for (Kind kind : Kind.values()) {
        if (type.isRecord() && implementsInterface(type, kind.interfaceName())) {
          index.add(new IndexEntry(kind, type.getName(), "", Map.of()));
        }
      }
    }
    return Catalogue.of("trials", index);
  }

  private static boolean implementsInterface(Class<?> type, String name) {
    for (Class<?> parent : type.getInterfaces()) {
      if (parent.getName().equals(name) || implementsInterface(parent, name)) {
        return true;
      }
    }
    return false;
  }

  enum Strategy {
    MEAN,
    MEDIAN,
    MOST_FREQUENT,
    CONSTANT
  }

  interface Step extends Transform {
    @Override
    default BoundTransform bind(Binder binder) {
      throw new UnsupportedOperationException();
    }
  }

  interface From extends Source {
    @Override
    default OpenSource open() {
      throw new UnsupportedOperationException();
    }
  }

  public record CsvSource(
      Path path, char delimiter, List<String> nulls, Map<String, ArrowType> types) implements From {
    public CsvSource {
      nulls = List.copyOf(nulls);
    }

    public CsvSource(Path path) {
      this(path, ',', List.of(""), Map.of());
    }
  }

  public record ConcatSource(List<Source> sources) implements From {}

  public record EmptySource() implements From {}

  public record ArrowSink(Path path) implements Sink {
    @Override
    public OpenSink open(Schema schema) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Encoder encoder(Schema schema, KernelContext context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Encoded receive(ArrowBuf bytes) {
      throw new UnsupportedOperationException();
    }
  }

  public record SimpleImputer(Columns columns, Strategy strategy, Double fill, boolean keepEmpty)
      implements Step {
    public SimpleImputer {
      if (strategy == Strategy.CONSTANT && fill == null) {
        throw new IllegalArgumentException("strategy constant needs 'fill'");
      }
    }

    public SimpleImputer(Columns columns, Strategy strategy) {
      this(columns, strategy, null, false);
    }
  }

  public record Clip(Columns columns, double lower, double upper) implements Step {
    public Clip {
      if (!(lower <= upper)) {
        throw new IllegalArgumentException(
            "lower must not be above upper but " + lower + " is above " + upper);
      }
    }
  }

  public record Apply(Columns columns, DoubleUnaryOperator function) implements Step {}

  public record Log1p() implements Step {}

  public sealed interface Unknown {
    record Fail() implements Unknown {}

    record Bucket(int count, String label) implements Unknown {
      public Bucket(int count) {
        this(count, "other");
      }
    }
  }

  public record Options(int depth, Duration patience) {}

  /** Reads itself. */
  public record Expression(String text) {
    public static Expression parse(String text) {
      if (text.contains("?")) {
        throw new IllegalArgumentException("column 4: unexpected '?'");
      }
      return new Expression(text);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  public record Everything(
      int whole,
      Integer boxedWhole,
      long big,
      float single,
      double number,
      boolean flag,
      String text,
      char letter,
      Strategy strategy,
      List<Integer> numbers,
      Set<String> words,
      Map<String, Double> weights,
      Duration pause,
      Path file,
      ZoneId zone,
      Pattern pattern,
      ArrowType type,
      Columns columns,
      long bufferBytes,
      int splitBytes,
      Options options,
      Unknown unknown,
      Expression expression,
      LocalDate day,
      Strategy absent)
      implements Step {
    public Everything() {
      this(
          1,
          null,
          2,
          0.5f,
          0.25,
          false,
          "",
          ';',
          Strategy.MEAN,
          List.of(),
          Set.of(),
          Map.of(),
          Duration.ZERO,
          Path.of("x"),
          ZoneId.of("UTC"),
          Pattern.compile("a"),
          ArrowType.Utf8.INSTANCE,
          Columns.all(),
          1L << 20,
          4096,
          new Options(1, Duration.ofSeconds(1)),
          new Unknown.Fail(),
          new Expression("a + b"),
          LocalDate.of(2000, 1, 1),
          null);
    }
  }
}
