package org.evolvent.store.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.Manifest;
import org.evolvent.store.internal.sqlite.CheckpointTable;

/** The files of a small checkpoint, as they lie in one row. Stateless. */
final class SmallFiles {
    private SmallFiles() {}

    static CheckpointTable.Row row(Manifest manifest, byte[] content) {
        return new CheckpointTable.Row(manifest.text(), content);
    }

    /** Returns what is wrong with a row, in words; empty when it is what was committed. */
    static Optional<String> damage(CheckpointId id, CheckpointTable.Row row) {
        if (!Manifest.idOf(row.manifest()).equals(id)) {
            return Optional.of("its manifest is not the one that was committed");
        }
        Manifest manifest;
        try {
            manifest = Manifest.parse(row.manifest());
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        Manifest found = found(manifest, row.content());
        return found.equals(manifest) ? Optional.empty() : Optional.of(manifest.differenceTo(found));
    }

    /** Returns what the bytes are, cut as the manifest says; what is left over counts for the last file. */
    private static Manifest found(Manifest manifest, byte[] content) {
        List<Manifest.Entry> found = new ArrayList<>();
        long offset = 0;
        for (Manifest.Entry file : manifest.files()) {
            boolean isLast = found.size() == manifest.files().size() - 1;
            long end = isLast ? content.length : StrictMath.min(content.length, offset + file.bytes());
            found.add(Manifest.Entry.of(file.path(), Arrays.copyOfRange(content, (int) offset, (int) end)));
            offset = end;
        }
        return new Manifest(found);
    }

    /** Writes the files of an undamaged row into an empty directory. */
    static void write(CheckpointTable.Row row, Path directory) throws IOException {
        int offset = 0;
        for (Manifest.Entry file : Manifest.parse(row.manifest()).files()) {
            int end = offset + (int) file.bytes();
            Path path = directory.resolve(file.path());
            if (file.path().indexOf('/') >= 0) {
                Files.createDirectories(path.getParent());
            }
            Files.write(path, Arrays.copyOfRange(row.content(), offset, end));
            offset = end;
        }
    }
}
