/**
 * What every implementation of a port must obey, as abstract tests: extend one in the tests of an implementation. Beside them lie
 * doubles that fail on purpose, for the tests of whoever uses a port, and {@link org.evolvent.testkit.contract.SampleEvents}, a log with
 * everything in it.
 */
package org.evolvent.testkit.contract;
