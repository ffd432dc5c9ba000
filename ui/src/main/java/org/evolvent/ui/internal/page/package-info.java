/** What the browser gets: the page's own files and the libraries that it uses. */
@NullMarked
package org.evolvent.ui.internal.page;

import org.jspecify.annotations.NullMarked;
