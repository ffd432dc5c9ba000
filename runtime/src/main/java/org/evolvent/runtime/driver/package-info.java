/**
 * The driver: {@link org.evolvent.runtime.driver.StudyDriver} is one thread that takes what executors report, asks the core what
 * follows, commits both, and acts. Its helpers order synchronous results ({@code RoundOrder}), choose who trains next
 * ({@code WaitingMembers}), keep and collect checkpoints ({@code Retention}, {@code Collector}), and write snapshots
 * ({@code SnapshotKeeper}).
 */
package org.evolvent.runtime.driver;
