/**
 * Snapshots in a file beside the log: {@link org.evolvent.store.internal.snapshot.FileSnapshotStore} keeps the latest one and believes it only when
 * it is whole and of this log. How it is written is {@code SnapshotJson}'s, built on {@code org.evolvent.store.internal.json}. Thread-safe.
 */
package org.evolvent.store.internal.snapshot;
