/**
 * Puts a study together and runs it: the trainer ({@link org.evolvent.cli.run.Trainers}), a run directory, the driver, a display
 * ({@link org.evolvent.cli.run.StudyRun}), and what works on a finished run: {@link org.evolvent.cli.run.Summary} and
 * {@link org.evolvent.cli.run.Replay}. Together with {@code org.evolvent.cli.command} this is the composition root: clocks, processors
 * and class loaders are looked up here and nowhere below.
 */
package org.evolvent.cli.run;
