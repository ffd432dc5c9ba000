/**
 * An explore operator in a program of any language: {@link org.evolvent.trainer.internal.explore.ProgramExplore}, which speaks the protocol of
 * {@code docs/exploring-in-any-language.md}. The core knows only its interface. Belongs to the driver's thread.
 */
package org.evolvent.trainer.internal.explore;
