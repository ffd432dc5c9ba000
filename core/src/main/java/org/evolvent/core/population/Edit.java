package org.evolvent.core.population;

/**
 * A series of changes of which nobody sees more than the last result. The nodes of a tree that were made in an edit may be changed in place
 * by the same edit; all others are copied first, so that what was there before stays as it was. These are the transients of Clojure.
 */
final class Edit {}
