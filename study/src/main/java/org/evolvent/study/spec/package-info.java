/**
 * Studies as values: everything that a study file can say, and what is wrong with one. {@link org.evolvent.study.spec.StudySpec} writes itself
 * as YAML and JSON; {@link org.evolvent.study.SpecReader} reads both. Immutable.
 */
package org.evolvent.study.spec;
