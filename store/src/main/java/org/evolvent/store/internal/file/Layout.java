package org.evolvent.store.internal.file;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.Manifest;
import org.evolvent.store.internal.disk.Disk;

/**
 * Where things lie:
 *
 * <pre>
 *   checkpoints/ID/                    the files as the trainer saved them, and nothing else
 *   checkpoints/ID.manifest            a line for each file, "digest size path"; sha256sum of this file is ID
 *   checkpoints/.staging/PROCESS/N     of one process: being saved, being read, or being deleted
 * </pre>
 *
 * @param root the directory {@code checkpoints}
 */
record Layout(Path root) {
    private static final String MANIFEST = ".manifest";
    private static final int DIGITS = 64;

    /** How the types of file systems begin that are shared by hosts. */
    private static final List<String> NETWORKS = List.of(
            "nfs",
            "lustre",
            "gpfs",
            "beegfs",
            "ceph",
            "glusterfs",
            "fuse.",
            "cifs",
            "smb",
            "afs",
            "9p",
            "panfs",
            "wekafs");

    /** Returns whether it lies on a file system that comes over a network, as far as that can be told by its type. */
    boolean isRemote() {
        try {
            String type = Files.getFileStore(root).type().toLowerCase(Locale.ROOT);
            return NETWORKS.stream().anyMatch(type::startsWith);
        } catch (IOException e) {
            return false;
        }
    }

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
        for (String name : names()) {
            if (isDigest(name)) {
                found.add(new CheckpointId(name));
            }
        }
        return found;
    }

    /** Returns the manifests to which there is no checkpoint. */
    List<Path> widowedManifests() throws IOException {
        List<Path> widowed = new ArrayList<>();
        for (String name : names()) {
            if (name.endsWith(MANIFEST)) {
                String digest = name.substring(0, name.length() - MANIFEST.length());
                if (isDigest(digest) && !Files.exists(root.resolve(digest), LinkOption.NOFOLLOW_LINKS)) {
                    widowed.add(root.resolve(name));
                }
            }
        }
        return widowed;
    }

    /** Returns the manifest as it was written; empty when it is missing or damaged. */
    Optional<Manifest> readManifest(CheckpointId id) throws IOException {
        try {
            Manifest manifest = Manifest.parse(Files.readString(manifest(id), StandardCharsets.UTF_8));
            return manifest.id().equals(id) ? Optional.of(manifest) : Optional.empty();
        } catch (NoSuchFileException | CharacterCodingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns whether the manifest of a directory that is there is missing or damaged, in words. */
    Optional<String> manifestDamage(CheckpointId id) throws IOException {
        return !Files.isDirectory(files(id), LinkOption.NOFOLLOW_LINKS)
                        || readManifest(id).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "%s is missing or damaged. Its files are as they were committed, but were one changed, nobody could say which"
                                .formatted(manifest(id).getFileName()));
    }

    private List<String> names() throws IOException {
        return Disk.list(root).stream()
                .map(path -> path.getFileName().toString())
                .toList();
    }

    private static boolean isDigest(String name) {
        return name.length() == DIGITS && name.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
