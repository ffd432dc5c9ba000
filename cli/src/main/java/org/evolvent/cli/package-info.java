/**
 * The {@code evolvent} command. {@link org.evolvent.cli.Evolvent} is where it starts; {@code command} holds the subcommands,
 * {@code study} reads study files, {@code run} puts studies together, {@code display} shows them.
 */
package org.evolvent.cli;
