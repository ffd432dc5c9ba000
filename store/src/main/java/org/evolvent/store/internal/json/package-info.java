/**
 * The versioned JSON of the log: {@link org.evolvent.store.internal.json.EventJson} for events, {@link org.evolvent.store.internal.json.PlainJson} for the
 * hyperparameters and whatever else is plain in them and in other files. No type that was written ever changes its meaning: a change is a new version and a new
 * golden file. Stateless, hence thread-safe.
 */
package org.evolvent.store.internal.json;
