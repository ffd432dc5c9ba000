/**
 * The ports through which a study touches the world: {@link org.evolvent.runtime.EventStore} remembers,
 * {@link org.evolvent.runtime.CheckpointStore} keeps weights, {@link org.evolvent.runtime.Executor} runs attempts. Time comes from
 * {@link java.time.InstantSource}. The driver in {@code org.evolvent.runtime.driver} performs what the core decides through them; fakes
 * live in {@code org.evolvent.runtime.memory} and the contract kits that every implementation runs in
 * {@code org.evolvent.runtime.contract}. Each port states its own thread-safety.
 */
package org.evolvent.runtime;
