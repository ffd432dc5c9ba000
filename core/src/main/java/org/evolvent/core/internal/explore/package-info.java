/** Explore operators that come with Evolvent, beside those that learn. */
package org.evolvent.core.internal.explore;
