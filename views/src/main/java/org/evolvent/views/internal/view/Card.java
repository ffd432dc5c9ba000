package org.evolvent.views.internal.view;

/**
 * A number that matters, with what it means.
 *
 * @param label what it is
 * @param value the number, as it is shown
 * @param meaning what it means, in some words
 */
public record Card(String label, String value, String meaning) {}
