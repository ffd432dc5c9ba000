/** Small deterministic trainers that study files of these tests name. */
package org.evolvent.cli.trainers;
