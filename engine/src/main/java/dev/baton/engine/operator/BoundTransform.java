package dev.baton.engine.operator;

import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A transform checked against a schema.
 *
 * @param reads columns whose values it needs
 * @param renames the old name of each column it only renames, by the new one
 * @param writes columns it adds, replaces, drops or renames
 * @param changesRows whether it can drop, repeat or reorder rows
 * @param output the schema it leaves behind
 * @param kernels makes its kernel for each worker
 */
public record BoundTransform(
    Set<String> reads,
    Map<String, String> renames,
    Set<String> writes,
    boolean changesRows,
    Schema output,
    Kernel.Factory kernels) {}
