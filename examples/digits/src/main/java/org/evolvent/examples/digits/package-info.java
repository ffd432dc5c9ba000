/**
 * A study on real data: handwritten digits, classified by a small network that PyTorch trains inside this JVM.
 *
 * <p>{@link org.evolvent.examples.digits.DigitsTrainer} is the part that anyone would write for a model of their own; {@code Network} and
 * {@code DigitsData} are its model and its data. {@link org.evolvent.examples.digits.Compare} measures {@code study.yaml}
 * against random search. Trainers may be used by one thread after another but
 * not by two at a time; everything else here is immutable.
 */
package org.evolvent.examples.digits;
