package org.evolvent.store.file;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.evolvent.runtime.Manifest;

/** Says in words in what a checkpoint differs from what was committed. */
final class Damage {
    private Damage() {}

    static String between(Optional<Manifest> committed, Manifest found) {
        if (committed.isEmpty()) {
            return "its manifest is missing or damaged, and its files are not those that were committed: %s"
                    .formatted(found.files().stream().map(Manifest.Entry::path).toList());
        }
        Map<String, Manifest.Entry> present = new LinkedHashMap<>();
        found.files().forEach(entry -> present.put(entry.path(), entry));
        for (Manifest.Entry expected : committed.get().files()) {
            Manifest.Entry actual = present.remove(expected.path());
            if (actual == null) {
                return "its file '%s' is missing".formatted(expected.path());
            }
            if (actual.bytes() != expected.bytes()) {
                return "its file '%s' has %s bytes but had %s"
                        .formatted(expected.path(), actual.bytes(), expected.bytes());
            }
            if (!actual.sha256().equals(expected.sha256())) {
                return "its file '%s' has the SHA-256 %s but had %s"
                        .formatted(expected.path(), actual.sha256(), expected.sha256());
            }
        }
        return "it has files that were not committed: %s".formatted(present.keySet());
    }
}
