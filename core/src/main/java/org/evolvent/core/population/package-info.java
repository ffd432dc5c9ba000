/**
 * Who trains and how well: members, scores, ready points, and their {@link org.evolvent.core.population.Ranking} inside an immutable
 * {@link org.evolvent.core.population.Population}. Strategies read it; {@code org.evolvent.core.study} evolves it. Everything is
 * immutable, but for a population that was {@linkplain org.evolvent.core.population.Population#opened opened}.
 */
package org.evolvent.core.population;
