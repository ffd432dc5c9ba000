package org.evolvent.store.internal.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.Manifest;
import org.evolvent.store.internal.disk.Disk;

/**
 * Checkpoints as directories, read-only for everybody. A commit copies nothing: a staged directory gets its name by a rename, after its
 * bytes have been forced to the device. A file that another checkpoint has, too, becomes a second name of it. Thread-safe.
 */
final class Directories {
    private final Layout layout;
    private final Staging staging;
    /** Guarded by this object's monitor, and with it every rename into and out of the place of a checkpoint. */
    private final ContentIndex index;

    Directories(Layout layout, Staging staging) throws IOException {
        this.layout = layout;
        this.staging = staging;
        this.index = new ContentIndex(layout);
        index.read();
    }

    synchronized boolean contains(CheckpointId id) {
        return index.contains(id);
    }

    synchronized Set<CheckpointId> list() {
        return index.checkpoints();
    }

    /**
     * Gives a staged directory its name, unless there is a checkpoint of this name; on return it survives the loss of power.
     *
     * @param told whether its files are not to be read, and so not to be compared with those that are here already
     */
    void put(Path staged, Manifest manifest, boolean told) throws IOException {
        CheckpointId id = manifest.id();
        if (!told) {
            linkTwins(staged, manifest);
        }
        Disk.protect(staged);
        Disk.forceTree(staged);
        Path text = staging.path();
        Files.writeString(text, manifest.text(), StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(text, PosixFilePermissions.fromString("r--r--r--"));
        Disk.force(text);
        synchronized (this) {
            if (!index.contains(id)) {
                Files.move(
                        text, layout.manifest(id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                Files.move(staged, layout.files(id), StandardCopyOption.ATOMIC_MOVE);
                // Not before: a directory that is read-only cannot be moved.
                Files.setPosixFilePermissions(layout.files(id), PosixFilePermissions.fromString("r-xr-xr-x"));
                index.add(id, Optional.of(manifest));
            }
        }
        Disk.forceNames(layout.root());
        staging.delete(text);
        staging.delete(staged);
    }

    /** Replaces staged files by second names of files with the same bytes. Once it has the second name, it does not matter who loses the first. */
    private void linkTwins(Path staged, Manifest manifest) throws IOException {
        for (Manifest.Entry entry : manifest.files()) {
            Path link = staging.path();
            boolean linked;
            synchronized (this) {
                linked = index.linkTwin(entry, link);
            }
            if (linked) {
                Path file = staged.resolve(entry.path());
                // Its digest was right once. Damage must not spread.
                if (Files.mismatch(link, file) < 0) {
                    Files.move(link, file, StandardCopyOption.REPLACE_EXISTING);
                } else {
                    Files.delete(link);
                }
            }
        }
    }

    /**
     * Takes a checkpoint's name away, so that a crash leaves no half of it.
     *
     * @return where its files are now, to be deleted; empty when there is no such checkpoint
     */
    Optional<Path> remove(CheckpointId id) throws IOException {
        Path trash = staging.path();
        synchronized (this) {
            if (!index.contains(id)) {
                return Optional.empty();
            }
            Path files = layout.files(id);
            if (Files.isDirectory(files, LinkOption.NOFOLLOW_LINKS)) {
                Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            if (Files.exists(files, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(files, trash, StandardCopyOption.ATOMIC_MOVE);
            }
            index.remove(id);
            staging.delete(layout.manifest(id));
        }
        return Optional.of(trash);
    }

    /** Deletes manifests without a checkpoint. */
    void removeWidowedManifests() throws IOException {
        layout.widowedManifests().forEach(staging::delete);
    }
}
