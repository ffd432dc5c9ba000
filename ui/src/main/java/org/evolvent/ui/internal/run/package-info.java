/** The runs that the page shows, each followed by its log alone. */
@NullMarked
package org.evolvent.ui.internal.run;

import org.jspecify.annotations.NullMarked;
