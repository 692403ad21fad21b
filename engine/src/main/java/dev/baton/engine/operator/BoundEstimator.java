package dev.baton.engine.operator;

import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * An estimator checked against a schema.
 *
 * @param reads columns it observes and its transform reads
 * @param writes columns its transform adds, replaces or drops, as far as known
 * @param fills columns of which its transform changes nothing but what is missing, see {@link
 *     Binder#fills}
 * @param looksThroughFills whether it can observe columns before they are filled, see {@link
 *     Binder#looksThroughFills}
 * @param changesRows whether its transform can drop, repeat or reorder rows
 * @param output the schema its transform leaves behind, as far as known
 * @param outputKnown false when columns will be added that depend on the data
 * @param newState makes an empty state; called by any thread
 * @param finish turns the merged state into the fitted transform
 * @param <S> what it remembers of the data
 */
public record BoundEstimator<S extends FitState<S>>(
    Set<String> reads,
    Set<String> writes,
    Set<String> fills,
    boolean looksThroughFills,
    boolean changesRows,
    Schema output,
    boolean outputKnown,
    Supplier<S> newState,
    Function<S, Transform> finish) {}
