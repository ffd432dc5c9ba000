/**
 * Runs programs that know nothing of Evolvent, one process for each interval: {@link org.evolvent.trainer.internal.command.CommandExecutor} with
 * a {@link org.evolvent.trainer.internal.command.CommandTemplate}.
 */
package org.evolvent.trainer.internal.command;
