/** What every implementation of a port must obey, as abstract tests: extend one in the tests of an implementation. */
package org.evolvent.testkit.contract;
