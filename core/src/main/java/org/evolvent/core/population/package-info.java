/**
 * Who trains and how well: members, scores, ready points, and their {@link org.evolvent.core.population.Ranking} inside an immutable
 * {@link org.evolvent.core.population.Population}. Strategies read it; {@code org.evolvent.core.study} evolves it. Everything is
 * immutable, but for populations while an {@link org.evolvent.core.population.Edit} goes on.
 */
package org.evolvent.core.population;
