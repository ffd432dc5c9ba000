/**
 * The subcommands of {@code evolvent}, one class each. They read options, call {@code org.evolvent.study.internal.run}, print, and return an exit
 * code from {@link org.evolvent.cli.internal.command.ExitCode}. Errors are thrown and turned into messages by
 * {@link org.evolvent.cli.internal.command.CommandLines}.
 */
package org.evolvent.cli.internal.command;
