/**
 * Views in letters, for terminals: {@link org.evolvent.views.internal.text.Picture} is a study, {@link org.evolvent.views.internal.text.Story} a
 * member of it. Lines are as wide as they are told to be, and colours mean nothing that is not there in letters.
 */
package org.evolvent.views.internal.text;
