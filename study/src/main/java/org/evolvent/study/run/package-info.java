/**
 * Puts a study together and runs it: the trainer ({@link org.evolvent.study.run.Trainers}), a run directory, the driver, a display
 * ({@link org.evolvent.study.run.RunSession}), and what works on a finished run: {@link org.evolvent.study.run.Summary} and
 * {@link org.evolvent.study.run.Replay}. Together with {@code org.evolvent.cli.command} this is the composition root: clocks, processors
 * and class loaders are looked up here and nowhere below.
 */
package org.evolvent.study.run;
