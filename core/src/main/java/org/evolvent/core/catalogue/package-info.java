/**
 * All operators and strategies by name: each describes itself ({@link org.evolvent.core.option.Descriptor}), and the catalogue registers
 * and composes them. Stands above the algorithms; nothing in the core but programs depends on it.
 */
package org.evolvent.core.catalogue;
