/**
 * The five games known as MinAtar (Young and Tian 2019, arXiv 1903.03176), written from a description of their behaviour: rules, what is
 * seen, and random draws that can be replaced by recorded ones. {@link org.evolvent.examples.arcade.game.Environment} wraps a game as
 * Gymnasium does. Nothing here is thread-safe.
 */
package org.evolvent.examples.arcade.game;
