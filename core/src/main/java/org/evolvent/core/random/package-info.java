/**
 * Keyed, reproducible randomness: {@link org.evolvent.core.random.Randomness} gives a fresh
 * {@link org.evolvent.core.random.RandomStream} for each (study seed, member, interval, purpose). Everything else in the core draws
 * from here and nowhere else. {@code Randomness} is immutable; a stream belongs to one thread.
 */
package org.evolvent.core.random;
