/** Programs that print the tables of {@code tasks/RESULTS.md}: strategies on tasks, and what others have published beside ours. */
package org.evolvent.tasks.internal.tables;
