/** Studies in simulated time, by the real driver: of tasks, and of what nobody has run yet. */
package org.evolvent.tasks.internal.simulation;
