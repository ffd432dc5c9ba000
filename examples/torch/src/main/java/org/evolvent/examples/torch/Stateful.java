package org.evolvent.examples.torch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A part of a trainer that belongs into its checkpoint. What is read back has exactly the bits that were written. */
public interface Stateful {
    /** Writes all of its state. */
    void write(DataOutput out) throws IOException;

    /** Replaces all of its state by what {@link #write} wrote of an object of the same shape. */
    void read(DataInput in) throws IOException;
}
