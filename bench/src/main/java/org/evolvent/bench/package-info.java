/** Whole-study benchmarks; each is a main program that prints what it measured. The commands and our figures are in {@code bench/README.md}. */
package org.evolvent.bench;
