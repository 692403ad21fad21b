package dev.baton.engine.spec;

/**
 * A parameter of an operator, source or sink, as a user needs to know it.
 *
 * @param name its key in a file
 * @param type what to write for it
 * @param required whether it must be given
 * @param defaultValue what holds without it, as a file would say it; null when it is required, when
 *     the default is to have none, or when it cannot be shown
 * @param doc the {@code @param} text of its Javadoc, possibly empty
 */
public record Parameter(
    String name, String type, boolean required, String defaultValue, String doc) {}
