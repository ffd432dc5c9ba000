/**
 * A study's numbers for the tools that people have already: tables as CSV and JSON Lines, curves for TensorBoard and MLflow.
 * {@link org.evolvent.views.internal.export.Exporter} reads the log of a run, once or as long as it grows, and an
 * {@link org.evolvent.views.internal.export.Export} writes. Not thread-safe.
 */
package org.evolvent.views.internal.export;
