/** How numbers, sizes and durations look to people, and what texts mean. */
package org.evolvent.study.internal.text;
