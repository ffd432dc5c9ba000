/**
 * What strategies and operators remember, as plain values: {@link org.evolvent.core.memory.Memory} is what they give and take, so that
 * a study can go on from a snapshot instead of from the beginning of its log. Immutable.
 */
package org.evolvent.core.memory;
