package org.evolvent.views.internal.view;

/**
 * Something that needs attention.
 *
 * @param cause what is the matter
 * @param advice what to do about it
 * @param view where there is more to see: the name of a view
 */
public record Concern(String cause, String advice, String view) {}
