/**
 * Study files: YAML becomes a {@link org.evolvent.study.spec.StudyFile}, or a list of problems that name file, line, key, value and what
 * is allowed. {@link org.evolvent.study.spec.YamlReader} makes a tree in which every value knows its place; readers, one for each part
 * of a study, take it apart. Nothing here starts or creates anything. Immutable results; readers belong to one thread.
 */
package org.evolvent.study.spec;
