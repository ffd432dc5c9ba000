/**
 * Whole studies on one thread under every fault that a seed can think of: {@link org.evolvent.testkit.internal.simulation.StudySimulation} runs one
 * study in processes that die at any boundary, on a {@link org.evolvent.testkit.internal.simulation.Medium} that outlives them, and checks after
 * every commit what must always hold. A seed repeats exactly. Whoever writes a store runs it on a medium of its own.
 */
package org.evolvent.testkit.internal.simulation;
