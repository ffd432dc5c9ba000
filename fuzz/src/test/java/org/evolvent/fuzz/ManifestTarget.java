package org.evolvent.fuzz;

import java.nio.charset.StandardCharsets;
import org.evolvent.runtime.Manifest;

/** Whatever the text of a manifest is, it is refused or is the one canonical text of what was read. */
public final class ManifestTarget {
    private ManifestTarget() {}

    /** Loads what it needs before any time is taken. */
    public static void fuzzerInitialize() {
        fuzzerTestOneInput("".getBytes(StandardCharsets.UTF_8));
    }

    /** Reads one text. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Manifest manifest;
        try {
            manifest = Manifest.parse(text);
        } catch (IllegalArgumentException e) {
            Law.readable(e.getMessage());
            return;
        }
        Law.equal(manifest.text(), text);
        Law.equal(Manifest.parse(manifest.text()), manifest);
        Law.equal(manifest.differenceTo(manifest), "nothing differs");
        Law.holds(manifest.bytes() >= 0, "a checkpoint has a size");
        Law.equal(manifest.id().digest().length(), 64);
    }
}
