/**
 * Compares strategies over seeds at equal compute. An {@link org.evolvent.compare.Arena} runs one study of a
 * {@link org.evolvent.compare.Contender} (a synthetic task in simulated time, or a study file in a run directory),
 * {@link org.evolvent.compare.Contest} runs all of them side by side, {@link org.evolvent.compare.RunReader} reads what ran
 * before. Each study is a {@link org.evolvent.compare.Trace}; a {@link org.evolvent.compare.Comparison} says what follows, and
 * {@link org.evolvent.compare.ResultFiles} and {@link org.evolvent.compare.ResultTable} write it down. Values are immutable; arenas may be
 * called by several threads.
 */
package org.evolvent.compare;
