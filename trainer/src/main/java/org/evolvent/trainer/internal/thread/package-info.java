/**
 * Runs in-JVM trainers on threads: {@link org.evolvent.trainer.internal.thread.ThreadExecutor}. One thread for each slot; trainers are handed from
 * thread to thread but never used by two at a time.
 */
package org.evolvent.trainer.internal.thread;
