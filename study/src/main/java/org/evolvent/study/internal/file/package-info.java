/**
 * Study files: {@link org.evolvent.study.internal.file.YamlReader} makes a tree that knows its lines, readers make values of it and name
 * every problem with its place, {@link org.evolvent.study.internal.file.StudyFile} is what comes out.
 */
package org.evolvent.study.internal.file;
