package org.evolvent.trainer.internal.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evolvent.runtime.Manifest;
import tools.jackson.databind.JsonNode;

/** Reads what a trainer tells of the files that it saved. Stateless. */
final class Told {
    private Told() {}

    /**
     * Returns what was saved; empty when the answer does not tell.
     *
     * @throws MalformedMessage when it is no list of files inside of a directory
     */
    static Optional<Manifest> files(JsonNode answer) throws MalformedMessage {
        JsonNode files = answer.path("files");
        if (files.isMissingNode()) {
            return Optional.empty();
        }
        List<Manifest.Entry> entries = new ArrayList<>();
        for (JsonNode file : files) {
            entries.add(new Manifest.Entry(
                    file.path("path").asString(""),
                    file.path("bytes").asLong(-1),
                    file.path("sha256").asString("")));
        }
        try {
            // Whatever a manifest in the store may not be, this one may not be either.
            return Optional.of(Manifest.parse(new Manifest(entries).text()));
        } catch (IllegalArgumentException e) {
            throw new MalformedMessage("'files' is no list of path, bytes and sha256: " + e.getMessage());
        }
    }
}
