package dev.baton.engine;

import dev.baton.engine.internal.model.ModelReader;
import dev.baton.engine.internal.model.ModelWriter;
import dev.baton.engine.internal.plan.Fitted;
import dev.baton.engine.operator.Operator;
import dev.baton.engine.source.Conforming;
import dev.baton.engine.source.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The operators of a pipeline with everything they have learned from data, ready for other data of
 * the same columns. Immutable; holds nothing that is to be closed.
 *
 * <pre>{@code
 * FittedPipeline fitted = engine.fit(pipeline, options);
 * fitted.save(Path.of("visits.baton"));
 * …
 * FittedPipeline loaded = FittedPipeline.load(Path.of("visits.baton"));
 * engine.run(loaded.read(source).write(sink));
 * }</pre>
 *
 * @param schema the columns of the data it was fitted on
 * @param stages the operators in order
 * @param source where its data came from last; null when that exists only in Java
 * @param rounds the fits it has been through, the first one first
 */
public record FittedPipeline(
    Schema schema, List<FittedStage> stages, Source source, List<TrainingRound> rounds) {
  public FittedPipeline {
    Objects.requireNonNull(schema, "schema");
    stages = List.copyOf(stages);
    rounds = List.copyOf(rounds);
  }

  /**
   * What the stages do to other rows, in order: transforms, and such estimators as must learn from
   * the rows at hand each time (see {@link dev.baton.engine.operator.Estimator#forOtherRows}).
   */
  public List<Operator> operators() {
    return stages.stream().map(FittedStage::applied).toList();
  }

  /** What the stages were before they were fitted, in order. */
  public List<Operator> written() {
    return stages.stream().map(FittedStage::written).toList();
  }

  /** The rows of all fits together. */
  public long rows() {
    return rounds.stream().mapToLong(TrainingRound::rows).sum();
  }

  /**
   * A pipeline that transforms the rows of {@code source}, whose columns must be those it was
   * fitted on; their order does not matter. All that differ are named when it is run.
   */
  public Pipeline read(Source source) {
    return read(source, false);
  }

  /**
   * The same.
   *
   * @param ignoreExtra whether columns that were not there when fitting are passed over instead of
   *     being an error
   */
  public Pipeline read(Source source, boolean ignoreExtra) {
    return new Pipeline(Conforming.of(source, schema, ignoreExtra), operators(), null);
  }

  /**
   * The same for data that lacks some columns, such as what a model is to predict. They are absent
   * from the result too.
   *
   * @throws PipelineException when there is no such column, or a stage needs it
   */
  public FittedPipeline without(String... columns) {
    List<Field> left = new ArrayList<>(schema.getFields());
    for (String column : columns) {
      left.remove(Fitted.find(schema, column));
    }
    FittedPipeline fewer = new FittedPipeline(new Schema(left), stages, source, rounds);
    Fitted.output(fewer);
    return fewer;
  }

  /**
   * The same without what was only kept to fit it further: smaller, as some estimators keep every
   * value they have seen, and with nothing of the data but what its result needs.
   */
  public FittedPipeline forServing() {
    return new FittedPipeline(
        schema, stages.stream().map(FittedStage::withoutState).toList(), source, rounds);
  }

  /**
   * Starts to score single rows; the caller closes it.
   *
   * @throws PipelineException when a stage's result depends on other rows, naming it
   */
  public Scorer scorer() {
    return new Scorer(this);
  }

  /** Says which passes it makes over the data it is applied to, which is one in general. */
  public PlanOutline explain() {
    return Fitted.explain(this);
  }

  /** The columns it gives; null when that depends on the rows, for a stage learns in every run. */
  public Schema output() {
    return Fitted.output(this);
  }

  /**
   * Writes it as one file, which appears under its name as a whole or not at all. docs/
   * model-format.md says what is in it.
   *
   * @throws PipelineException when a stage exists only in Java, or the file cannot be written
   */
  public void save(Path file) {
    ModelWriter.write(this, file);
  }

  /**
   * Reads what {@link #save} wrote, with this version of Baton or an earlier one. A stranger's file
   * can do no more than a stranger's pipeline file: it builds operators that are on the class path.
   *
   * @throws PipelineException when the file is damaged, no such file, or of a later version, saying
   *     what to do
   */
  public static FittedPipeline load(Path file) {
    return ModelReader.read(file);
  }
}
