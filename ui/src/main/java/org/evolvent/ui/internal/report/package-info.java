/** A run as one file: {@link org.evolvent.ui.internal.report.Report} puts the page and all its views of a run into it. */
package org.evolvent.ui.internal.report;
