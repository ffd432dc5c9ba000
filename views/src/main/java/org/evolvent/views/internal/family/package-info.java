/**
 * The family of a study as it is shown: {@link org.evolvent.views.internal.family.Family} puts a history, the layouts of
 * {@code org.evolvent.views.internal.tree} and colours together. Not thread-safe.
 */
package org.evolvent.views.internal.family;
