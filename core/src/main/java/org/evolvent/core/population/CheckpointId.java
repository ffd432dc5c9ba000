package org.evolvent.core.population;

/**
 * The name of a checkpoint: the digest of its manifest. Equal names mean equal bytes.
 *
 * @param digest lower-case hexadecimal
 */
public record CheckpointId(String digest) {
    public CheckpointId {
        if (digest.length() < 8 || digest.length() > 128 || !isHexadecimal(digest)) {
            throw new IllegalArgumentException(
                    "A checkpoint is named '%s' but must be 8 to 128 hexadecimal digits".formatted(digest));
        }
    }

    private static boolean isHexadecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (!((character >= '0' && character <= '9') || (character >= 'a' && character <= 'f'))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return digest;
    }
}
