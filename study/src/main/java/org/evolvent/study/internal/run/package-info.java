/**
 * Puts a study together and runs it: the trainer ({@link org.evolvent.study.internal.run.Trainers}), a run directory, the driver, a display
 * ({@link org.evolvent.study.internal.run.RunSession}), and what works on a finished run: {@link org.evolvent.study.internal.run.Summary} and
 * {@link org.evolvent.study.internal.run.Replay}. Together with {@code org.evolvent.cli.internal.command} this is the composition root: clocks, processors
 * and class loaders are looked up here and nowhere below.
 */
package org.evolvent.study.internal.run;
