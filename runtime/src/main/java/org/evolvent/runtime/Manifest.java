package org.evolvent.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.evolvent.core.population.CheckpointId;

/**
 * What a checkpoint consists of. Immutable.
 *
 * @param files every regular file, sorted by path
 */
public record Manifest(List<Entry> files) {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int QUOTED_CHARACTERS = 500;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,19}");

    /**
     * One file.
     *
     * @param path relative to the checkpoint, with {@code /} between names
     * @param bytes its size
     * @param sha256 the digest of its bytes: 64 hexadecimal digits
     */
    public record Entry(String path, long bytes, String sha256) {
        /** Returns the entry of a file with these bytes. */
        public static Entry of(String path, byte[] bytes) {
            return new Entry(
                    path, bytes.length, HexFormat.of().formatHex(newSha256().digest(bytes)));
        }
    }

    public Manifest {
        files = files.stream().sorted(Comparator.comparing(Entry::path)).toList();
    }

    /**
     * Reads every file below a directory once and returns its manifest.
     *
     * @throws InvalidCheckpointException when there is anything but regular files and directories, naming it
     * @throws UncheckedIOException when a file cannot be read
     */
    public static Manifest of(Path directory) {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new InvalidCheckpointException(
                    "The directory of a checkpoint is no directory any more.\nMaybe the trainer deleted or replaced it?");
        }
        try (Stream<Path> walk = Files.walk(directory)) {
            return new Manifest(walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> entry(directory, path))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the name of a checkpoint with these files: SHA-256 of {@link #text}. */
    public CheckpointId id() {
        return idOf(text());
    }

    /** Returns the name of a checkpoint whose manifest has this text. */
    public static CheckpointId idOf(String text) {
        return new CheckpointId(HexFormat.of().formatHex(newSha256().digest(text.getBytes(StandardCharsets.UTF_8))));
    }

    /** Returns the canonical text: a line for each file, {@code digest size path}. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Entry file : files) {
            text.append(file.sha256).append(' ').append(file.bytes).append(' ').append(file.path);
            text.append('\n');
        }
        return text.toString();
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException when it is any other text, if only by the order of its lines, or a path leads out of the checkpoint
     */
    public static Manifest parse(String text) {
        Manifest manifest = new Manifest(text.lines()
                .map(line -> {
                    String[] parts = line.split(" ", 3);
                    if (parts.length < 3) {
                        throw new IllegalArgumentException(
                                "A line of a manifest is '%s' but must be: digest size path".formatted(brief(line)));
                    }
                    return new Entry(inside(parts[2]), size(parts[1]), digest(parts[0]));
                })
                .toList());
        long different = manifest.files.stream().map(Entry::path).distinct().count();
        if (different < manifest.files.size() || !manifest.text().equals(text)) {
            throw new IllegalArgumentException(
                    "A manifest of %s files is not written as it must be: each file once, sorted by path"
                            .formatted(manifest.files.size()));
        }
        return manifest;
    }

    private static String brief(String text) {
        return text.length() <= QUOTED_CHARACTERS ? text : text.substring(0, QUOTED_CHARACTERS) + "...";
    }

    private static String digest(String digits) {
        if (!DIGEST.matcher(digits).matches()) {
            throw new IllegalArgumentException(
                    "A manifest has the digest '%s' but must have 64 hexadecimal digits".formatted(brief(digits)));
        }
        return digits;
    }

    private static String inside(String path) {
        for (String name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "A manifest names '%s' but must name files inside of the checkpoint only"
                                .formatted(brief(path)));
            }
        }
        return path;
    }

    private static long size(String digits) {
        if (!SIZE.matcher(digits).matches()) {
            throw new IllegalArgumentException("A manifest has a file of %s bytes".formatted(brief(digits)));
        }
        return Long.parseLong(digits);
    }

    /** Says in words how other files differ from these: what is damaged when these are what was committed. */
    public String differenceTo(Manifest found) {
        Map<String, Entry> present = new LinkedHashMap<>();
        found.files.forEach(entry -> present.put(entry.path, entry));
        for (Entry expected : files) {
            Entry actual = present.remove(expected.path);
            if (actual == null) {
                return "its file '%s' is missing".formatted(expected.path);
            }
            if (actual.bytes != expected.bytes) {
                return "its file '%s' has %s bytes but had %s".formatted(expected.path, actual.bytes, expected.bytes);
            }
            if (!actual.sha256.equals(expected.sha256)) {
                return "its file '%s' has the SHA-256 %s but had %s"
                        .formatted(expected.path, actual.sha256, expected.sha256);
            }
        }
        return present.isEmpty()
                ? "nothing differs"
                : "it has files that were not committed: '%s'".formatted(String.join("', '", present.keySet()));
    }

    /** Returns the size of all files together. */
    public long bytes() {
        return files.stream().mapToLong(Entry::bytes).sum();
    }

    private static Entry entry(Path directory, Path file) {
        String path = directory
                .relativize(file)
                .toString()
                .replace(file.getFileSystem().getSeparator(), "/");
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw unfit(path);
        }
        if (path.indexOf('\n') >= 0 || path.indexOf('\r') >= 0) {
            throw unfitName(path);
        }
        MessageDigest sha = newSha256();
        long bytes = 0;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, Math.max(1, Files.size(file)))];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha.update(buffer, 0, n);
                bytes += n;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Entry(path, bytes, HexFormat.of().formatHex(sha.digest()));
    }

    /** Returns the exception for a link, a pipe or a device, by its path in the checkpoint. */
    public static InvalidCheckpointException unfit(String path) {
        return new InvalidCheckpointException(
                "The file '%s' of a checkpoint is neither a regular file nor a directory.\nMaybe save a copy of what it leads to, or leave it out."
                        .formatted(path));
    }

    /** Returns the exception for a name that a manifest cannot hold. */
    public static InvalidCheckpointException unfitName(String path) {
        return new InvalidCheckpointException(
                "A file of a checkpoint is named '%s' but names must not contain line breaks.\nMaybe let the trainer name it otherwise."
                        .formatted(path));
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
