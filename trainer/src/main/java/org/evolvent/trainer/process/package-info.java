/**
 * Runs trainers that speak the protocol of {@code docs/protocol.md}, in long-lived processes on this machine:
 * {@link org.evolvent.trainer.process.ProcessExecutor}. {@link org.evolvent.trainer.process.Request} and
 * {@link org.evolvent.trainer.process.Answer} are the messages, {@link org.evolvent.trainer.process.Wire} writes and reads them.
 * Messages are immutable; everything else says what it is.
 */
package org.evolvent.trainer.process;
