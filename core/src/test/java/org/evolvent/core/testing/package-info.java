/** What the core's tests share: seeded properties and the statistics that judge distributions. */
package org.evolvent.core.testing;
