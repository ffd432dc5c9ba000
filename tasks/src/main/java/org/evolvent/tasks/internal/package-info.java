/**
 * Synthetic tasks whose optimum is known, and studies of strategies on them in simulated time, in milliseconds each.
 * {@link org.evolvent.tasks.internal.PublishedTasks} holds tasks of others, {@link org.evolvent.tasks.internal.DesignedTasks} our own;
 * {@link org.evolvent.tasks.internal.simulation.Simulation} runs one study through the real driver. Nothing here is shared between threads.
 */
package org.evolvent.tasks.internal;
