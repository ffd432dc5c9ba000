/**
 * Five arcade games, played by a network that learns with PPO: {@link org.evolvent.examples.arcade.ArcadeTrainer} is the trainer, and {@link
 * org.evolvent.examples.arcade.Train} what a study starts. {@link org.evolvent.examples.arcade.Evaluate} plays fresh episodes with the best
 * policy of a run; {@link org.evolvent.examples.arcade.Replay} holds the games against recordings.
 */
package org.evolvent.examples.arcade;
