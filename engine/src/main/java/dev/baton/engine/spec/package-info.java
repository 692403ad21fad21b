/**
 * Pipelines as YAML files. The records of operators, sources and sinks are the format: a file names
 * a record and the parameters of its constructor.
 */
package dev.baton.engine.spec;
