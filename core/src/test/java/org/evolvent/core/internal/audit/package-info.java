/** Logs that are true, and logs that lie. */
package org.evolvent.core.internal.audit;
