/**
 * Checkpoints in a directory: {@link org.evolvent.store.internal.file.FileCheckpointStore}. Why they are named by their content is told in
 * {@code docs/adr/0002-checkpoints-by-content.md}.
 */
package org.evolvent.store.internal.file;
