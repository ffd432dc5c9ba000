/**
 * What the examples that train with libtorch inside the JVM share: one thread for each trainer, random draws of its own, parameters in one
 * flat tensor with the optimizer Adam, and checkpoints that keep every bit.
 *
 * <p>What PyTorch allocates does not lie on Java's heap. Whatever a step makes should die with a {@link
 * org.bytedeco.javacpp.PointerScope}; the objects of this package outlive it, and are freed by their {@code close}. None of them is
 * thread-safe, but any thread may use one after another.
 */
package org.evolvent.examples.torch;
