/**
 * What happened in a study, in columns: {@link org.evolvent.views.internal.history.History} takes in the log's events one after the other,
 * {@link org.evolvent.views.internal.history.Follower} reads them from a run that another process may drive. Not thread-safe.
 */
package org.evolvent.views.internal.history;
