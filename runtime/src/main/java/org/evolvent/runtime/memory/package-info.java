/**
 * Fakes of the ports that keep everything in memory. They obey the same contracts as the real ones
 * ({@code org.evolvent.runtime.contract}), so that a study runs on them unchanged. Thread-safe.
 */
package org.evolvent.runtime.memory;
