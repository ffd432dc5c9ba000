/**
 * Machine translation: a Transformer that PyTorch trains inside the JVM, and PBT on the measure itself, BLEU.
 *
 * <p>{@link org.evolvent.examples.translation.Bleu} is that measure, as sacreBLEU computes it. Everything here is immutable, unless it says
 * otherwise.
 */
package org.evolvent.examples.translation;
