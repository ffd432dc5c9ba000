/**
 * Reading a plain tree of options, as a study file's YAML parses to, into typed values, with errors that name the place. Knows no
 * strategy; {@code org.evolvent.core.strategy} builds on it.
 */
package org.evolvent.core.option;
