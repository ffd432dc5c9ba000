/** What implementations of the ports share. */
package org.evolvent.runtime.internal;
