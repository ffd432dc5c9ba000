package org.evolvent.examples.arcade.game;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.evolvent.examples.torch.Stateful;

/**
 * Draws of SplitMix64 (Steele, Lea and Flood 2014): the generators of the JDK do not tell their state, which a checkpoint has to hold. An
 * integer of n is off from uniform by less than n / 2^32.
 */
public final class SeededDraws implements Draws, Stateful {
    private long state;

    /** Creates draws that depend on the seed only. */
    public SeededDraws(long seed) {
        state = seed;
    }

    /** Begins anew, with the draws of this seed. */
    public void reseed(long seed) {
        state = seed;
    }

    private long next() {
        state += 0x9E3779B97F4A7C15L;
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    @Override
    public double real() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    @Override
    public int integer(int low, int high) {
        return low + (int) (((next() >>> 32) * (high - low + 1)) >>> 32);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(state);
    }

    @Override
    public void read(DataInput in) throws IOException {
        state = in.readLong();
    }
}
