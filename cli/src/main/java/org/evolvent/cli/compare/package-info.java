/**
 * Compares strategies over seeds at equal compute. An {@link org.evolvent.cli.compare.Arena} runs one study of a
 * {@link org.evolvent.cli.compare.Contender} (a synthetic task in simulated time, or a study file in a run directory),
 * {@link org.evolvent.cli.compare.Contest} runs all of them side by side, {@link org.evolvent.cli.compare.RunReader} reads what ran
 * before. Each study is a {@link org.evolvent.cli.compare.Trace}; a {@link org.evolvent.cli.compare.Comparison} says what follows, and
 * {@link org.evolvent.cli.compare.ResultFiles} and {@link org.evolvent.cli.compare.ResultTable} write it down. Values are immutable; arenas may be
 * called by several threads.
 */
package org.evolvent.cli.compare;
