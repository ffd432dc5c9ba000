/**
 * Runs programs that know nothing of Evolvent, one process for each interval: {@link org.evolvent.trainer.command.CommandExecutor} with
 * a {@link org.evolvent.trainer.command.CommandTemplate}.
 */
package org.evolvent.trainer.command;
