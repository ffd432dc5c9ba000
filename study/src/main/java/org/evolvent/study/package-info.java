/**
 * The front door for programs: {@link org.evolvent.study.StudyRun} runs a {@link org.evolvent.study.spec.StudySpec} in threads of its own
 * and answers with a {@link org.evolvent.study.StudyResult}.
 */
package org.evolvent.study;
