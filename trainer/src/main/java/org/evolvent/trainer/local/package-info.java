/**
 * How trainers run as processes on this machine: {@link org.evolvent.trainer.local.Launch} says what to start and where,
 * {@link org.evolvent.trainer.local.SlotResources} what each slot may use, {@link org.evolvent.trainer.local.Limits} how long it may
 * take. Used by {@code org.evolvent.trainer.process} and {@code org.evolvent.trainer.command}. Everything is immutable.
 */
package org.evolvent.trainer.local;
