/** Strategies that come with Evolvent and need little room. */
package org.evolvent.core.internal.strategy;
