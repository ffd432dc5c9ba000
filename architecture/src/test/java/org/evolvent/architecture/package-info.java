/**
 * Tests of what the modules may not do: which way they depend ({@link org.evolvent.architecture.ModulesTest}), what the core may
 * touch ({@link org.evolvent.architecture.CorePurityTest}), and how sources are laid out
 * ({@link org.evolvent.architecture.SourcesTest}).
 */
package org.evolvent.architecture;
