/**
 * A study that maximises a score which has no gradient: a generative adversarial network is trained by its own losses, and its population by
 * the Inception score of what it draws.
 *
 * <p>{@link org.evolvent.examples.gan.GanTrainer} is the trainer, {@code Gan} the two networks that train each other. A {@code Judge}, which
 * takes no part in training, says what it sees in images; {@code Scores} are made of that. Trainers may be used by one thread after another
 * but not by two at a time.
 */
package org.evolvent.examples.gan;
