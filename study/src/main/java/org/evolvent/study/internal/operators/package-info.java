/** Operators, strategies and trainers that are the user's own: classes that are found and loaded by name, and programs. */
package org.evolvent.study.internal.operators;
