/**
 * What executors of local processes share, and nobody else may use: {@link org.evolvent.trainer.internal.SlotPool} is the executor
 * without its work, {@link org.evolvent.trainer.internal.LocalProcess} one process with its log, its limits and its end,
 * {@link org.evolvent.trainer.internal.Watchdog} sees to it that nothing outlives this JVM.
 */
package org.evolvent.trainer.internal;
