/**
 * The event store in a file: {@link org.evolvent.store.internal.sqlite.SqliteEventStore}. Its SQL views are for people; their columns are a
 * promise. How it survives crashes is told in {@code docs/adr/0001-durability.md}.
 */
package org.evolvent.store.internal.sqlite;
