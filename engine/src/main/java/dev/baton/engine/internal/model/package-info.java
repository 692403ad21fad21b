/** Fitted pipelines as files: docs/model-format.md. */
package dev.baton.engine.internal.model;
