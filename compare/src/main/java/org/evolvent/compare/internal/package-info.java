/**
 * Compares strategies over seeds at equal compute. An {@link org.evolvent.compare.internal.Arena} runs one study of a
 * {@link org.evolvent.compare.internal.Contender} (a synthetic task in simulated time, or a study file in a run directory),
 * {@link org.evolvent.compare.internal.Contest} runs all of them side by side, {@link org.evolvent.compare.internal.RunReader} reads what ran
 * before. Each study is a {@link org.evolvent.compare.internal.Trace}; a {@link org.evolvent.compare.internal.Comparison} says what follows, and
 * {@link org.evolvent.compare.internal.ResultFiles} and {@link org.evolvent.compare.internal.ResultTable} write it down. Values are immutable; arenas may be
 * called by several threads.
 */
package org.evolvent.compare.internal;
