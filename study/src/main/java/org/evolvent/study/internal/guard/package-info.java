/**
 * Notices, while a study runs, that restored models are not what was saved. It knows nothing but the driver's events; {@code internal.run}
 * wires it. For one thread.
 */
package org.evolvent.study.internal.guard;
