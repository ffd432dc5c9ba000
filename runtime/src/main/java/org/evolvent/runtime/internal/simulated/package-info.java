/**
 * Studies in simulated time: an executor whose clock jumps from event to event, and stores that keep only what is needed. The driver, the
 * core and the strategies run unchanged. {@link org.evolvent.runtime.internal.simulated.SimulatedExecutor} is the entry. Not thread-safe, as
 * nothing here needs a second thread, except where a class says otherwise.
 */
package org.evolvent.runtime.internal.simulated;
