/**
 * Samples and doubles for Evolvent's own tests of ports: {@link org.evolvent.testkit.internal.contract.SampleEvents}, a log with everything
 * in it, and stores that fail on purpose.
 */
package org.evolvent.testkit.internal.contract;
