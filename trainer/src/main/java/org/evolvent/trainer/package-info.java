/**
 * How a training program joins a study. {@link org.evolvent.trainer.Trainer} is the interface for trainers in this JVM; read its
 * documentation first. {@code org.evolvent.trainer.internal.thread} runs them.
 */
package org.evolvent.trainer;
