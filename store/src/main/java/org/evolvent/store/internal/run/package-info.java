/**
 * Everything that a study keeps on disk, in one directory: {@link org.evolvent.store.internal.run.RunDirectory} puts the event store and the
 * checkpoint store together, keeps a second driver out, and publishes the best model.
 */
package org.evolvent.store.internal.run;
