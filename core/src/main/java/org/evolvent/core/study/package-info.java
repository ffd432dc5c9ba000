/**
 * A study: what was asked for ({@link org.evolvent.core.study.Study}), what happened ({@link org.evolvent.core.study.Event}), where it
 * stands ({@link org.evolvent.core.study.StudyState}, the fold of the events), and what follows
 * ({@link org.evolvent.core.study.Decisions}). The runtime's driver feeds it; it owns no thread, no clock and no file. Immutable.
 */
package org.evolvent.core.study;
