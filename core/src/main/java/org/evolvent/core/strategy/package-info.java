/**
 * Strategies: what a ready member does next. {@link org.evolvent.core.strategy.Strategy} is the interface,
 * {@link org.evolvent.core.strategy.Pbt} combines an exploit and an explore operator as the paper does. Strategies are immutable values
 * and see the population as a value; {@code org.evolvent.core.study} calls them.
 */
package org.evolvent.core.strategy;
