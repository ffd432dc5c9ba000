/**
 * Writes what goes into a release beside the jars: completions for shells and the manual page, all from picocli's model of the command. Runs
 * in the build; no part of the product. Single-threaded.
 */
package org.evolvent.dist;
