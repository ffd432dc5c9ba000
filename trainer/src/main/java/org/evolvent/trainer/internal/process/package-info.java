/**
 * Runs trainers that speak the protocol of {@code docs/protocol.md}, in long-lived processes on this machine:
 * {@link org.evolvent.trainer.internal.process.ProcessExecutor}. {@link org.evolvent.trainer.internal.process.Request} and
 * {@link org.evolvent.trainer.internal.process.Answer} are the messages, {@link org.evolvent.trainer.internal.process.Wire} writes and reads them.
 * Messages are immutable; everything else says what it is.
 */
package org.evolvent.trainer.internal.process;
