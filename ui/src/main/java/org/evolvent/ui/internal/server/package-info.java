/** The server of the page: who may ask, and what is answered. */
@NullMarked
package org.evolvent.ui.internal.server;

import org.jspecify.annotations.NullMarked;
