package org.evolvent.core.population;

/**
 * The name of a checkpoint: the digest of its manifest. Equal names mean equal bytes.
 *
 * @param digest lower-case hexadecimal
 */
public record CheckpointId(String digest) {
    public CheckpointId {
        if (!digest.matches("[0-9a-f]{8,128}")) {
            throw new IllegalArgumentException(
                    "A checkpoint is named '%s' but must be 8 to 128 hexadecimal digits".formatted(digest));
        }
    }

    @Override
    public String toString() {
        return digest;
    }
}
