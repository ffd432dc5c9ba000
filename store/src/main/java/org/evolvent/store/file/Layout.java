package org.evolvent.store.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.DamagedCheckpointException;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.Manifest;
import org.evolvent.store.disk.Disk;

/**
 * Where things lie:
 *
 * <pre>
 *   checkpoints/ID/            the files as the trainer saved them, and nothing else
 *   checkpoints/ID.manifest    a line for each file, "digest size path"; sha256sum of this file is ID
 *   checkpoints/.staging/N     being saved, or being deleted
 * </pre>
 *
 * @param root the directory {@code checkpoints}
 */
record Layout(Path root) {
    private static final String MANIFEST = ".manifest";
    private static final int DIGITS = 64;
    private static final Manifest UNKNOWN = new Manifest(List.of());

    Path staging() {
        return root.resolve(".staging");
    }

    Path files(CheckpointId id) {
        return root.resolve(id.digest());
    }

    Path manifest(CheckpointId id) {
        return root.resolve(id.digest() + MANIFEST);
    }

    /** Returns the checkpoints that there are. */
    Set<CheckpointId> checkpoints() throws IOException {
        Set<CheckpointId> found = new HashSet<>();
        for (String name : names(root)) {
            if (isDigest(name)) {
                found.add(new CheckpointId(name));
            }
        }
        return found;
    }

    /** Returns the manifests to which there is no checkpoint. */
    List<Path> widowedManifests() throws IOException {
        List<Path> widowed = new ArrayList<>();
        for (String name : names(root)) {
            if (name.endsWith(MANIFEST)) {
                String digest = name.substring(0, name.length() - MANIFEST.length());
                if (isDigest(digest) && !Files.isDirectory(root.resolve(digest))) {
                    widowed.add(root.resolve(name));
                }
            }
        }
        return widowed;
    }

    /** Returns the manifest as it was written; empty when it is missing or damaged. */
    Optional<Manifest> readManifest(CheckpointId id) throws IOException {
        try {
            String text = Files.readString(manifest(id), StandardCharsets.UTF_8);
            Manifest manifest = Manifest.parse(text);
            return manifest.id().equals(id) ? Optional.of(manifest) : Optional.empty();
        } catch (NoSuchFileException | CharacterCodingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * After a loss of power the files may be whole and the manifest not. Then it is written again; when the files are damaged too, it stays
     * as it is, nothing is known of them, and whoever opens the checkpoint is told.
     */
    Manifest mendManifest(CheckpointId id) throws IOException {
        Manifest manifest;
        try {
            manifest = Manifest.of(files(id));
        } catch (EvolventException | UncheckedIOException e) {
            return UNKNOWN;
        }
        if (!manifest.id().equals(id)) {
            return UNKNOWN;
        }
        Disk.writeDurably(manifest(id), manifest.text());
        return manifest;
    }

    /**
     * Returns a checkpoint's directory after reading all of it.
     *
     * @throws EvolventException when it does not exist or its bytes are not those that were committed, naming the file
     */
    Path verified(CheckpointId id) throws IOException {
        Path files = files(id);
        if (!Files.isDirectory(files)) {
            throw new DamagedCheckpointException(id, "There is no checkpoint %s in %s".formatted(id, root));
        }
        Manifest found = Manifest.of(files);
        if (!found.id().equals(id)) {
            String damage = readManifest(id)
                    .map(committed -> committed.differenceTo(found))
                    .orElse("its manifest is damaged too, so nobody knows which file is");
            throw new DamagedCheckpointException(id, "Checkpoint %s in %s is damaged: %s".formatted(id, root, damage));
        }
        return files;
    }

    /** Returns whether a checkpoint is there as it was committed. */
    boolean isIntact(CheckpointId id) {
        try {
            Path files = files(id);
            // Whoever opens the store for writing mends a lost manifest, so it was taken away since.
            return Files.isRegularFile(manifest(id))
                    && Files.isDirectory(files)
                    && Manifest.of(files).id().equals(id);
        } catch (EvolventException | UncheckedIOException e) {
            // Something that is no file, or bytes that cannot be read: not what was committed.
            return false;
        }
    }

    static List<String> names(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                names.add(entry.getFileName().toString());
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return names;
    }

    private static boolean isDigest(String name) {
        return name.length() == DIGITS && name.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
