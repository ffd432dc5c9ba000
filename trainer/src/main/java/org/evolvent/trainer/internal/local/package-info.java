/**
 * How trainers run as processes on this machine: {@link org.evolvent.trainer.internal.local.Launch} says what to start and where,
 * {@link org.evolvent.trainer.internal.local.SlotResources} what each slot may use, {@link org.evolvent.trainer.Limits} how long it may
 * take. Used by {@code org.evolvent.trainer.internal.process} and {@code org.evolvent.trainer.internal.command}. Everything is immutable.
 */
package org.evolvent.trainer.internal.local;
