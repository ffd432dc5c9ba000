/** What both stores do with files: force them to the device, link them, delete them. Stateless, hence thread-safe. */
package org.evolvent.store.internal.disk;
