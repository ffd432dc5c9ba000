/**
 * What is to be seen of a study, computed from its {@link org.evolvent.views.internal.history.History}: a record for each view, which page,
 * report and terminal draw and JSON carries. Each begins with a sentence that says what there is to see. Numbers are the log's own.
 */
package org.evolvent.views.internal.view;
