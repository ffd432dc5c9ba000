/**
 * What every operator and every strategy must obey, as abstract tests: extend one in the tests of yours. Beside them lie what such tests
 * are made of: populations, {@linkplain org.evolvent.testkit.operator.Property seeded properties}, and the
 * {@linkplain org.evolvent.testkit.operator.Statistics statistics} that judge distributions.
 */
package org.evolvent.testkit.operator;
