/**
 * Targets: each reads bytes that nobody wrote with one parser, and fails where that parser does anything but return a value or refuse
 * as documented. {@code fuzz/run} looks for such bytes; {@link org.evolvent.fuzz.CorpusTest} reads again all that was ever worth keeping.
 */
package org.evolvent.fuzz;
