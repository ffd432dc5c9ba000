/** What messages have in common. */
package org.evolvent.core.internal.words;
