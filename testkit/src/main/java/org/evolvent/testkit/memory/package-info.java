/**
 * Doubles of the ports that keep everything in memory. They obey the same contracts as what lasts ({@code org.evolvent.testkit.contract}),
 * so that a study runs on them unchanged. Thread-safe.
 */
package org.evolvent.testkit.memory;
