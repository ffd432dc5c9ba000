/**
 * The toy of the PBT paper's figure 2, as a trainer of one's own would be written: {@link org.evolvent.examples.toy.Surface} trains, and
 * {@link org.evolvent.examples.toy.Figure2} runs the four variants of the figure. Depends on the library only; nothing depends on it.
 */
package org.evolvent.examples.toy;
