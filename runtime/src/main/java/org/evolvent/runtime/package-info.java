/**
 * The ports through which a study touches the world: {@link org.evolvent.runtime.EventStore} remembers,
 * {@link org.evolvent.runtime.CheckpointStore} keeps weights, {@link org.evolvent.runtime.Executor} runs attempts. Time comes from
 * {@link java.time.InstantSource}. The driver in {@code org.evolvent.runtime.driver} performs what the core decides through them. Each
 * port has a contract in the test kits that every implementation runs, and states its own thread-safety.
 */
package org.evolvent.runtime;
