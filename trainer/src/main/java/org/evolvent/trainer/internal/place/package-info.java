/**
 * Places on other machines, and who lends them: {@link org.evolvent.trainer.internal.place.Launcher} puts words in front of a trainer's
 * command, and {@link org.evolvent.trainer.internal.place.Placement} is what is known of the place that one process got. Standard input
 * and output stay those of the local process in front, so that neither a port nor an agent is needed. Thread-safe.
 */
package org.evolvent.trainer.internal.place;
