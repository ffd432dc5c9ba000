/**
 * What people see: a live view on a terminal, plain lines elsewhere, tables and numbers. A display follows a study as
 * {@link org.evolvent.runtime.StudyListener}; it never changes anything.
 */
package org.evolvent.cli.internal.display;
