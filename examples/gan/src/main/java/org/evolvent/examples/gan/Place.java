package org.evolvent.examples.gan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Where public data lies that this example may not bring along. */
enum Place {
    MNIST(
            "examples/gan/download FOLDER",
            Map.of(
                    "train-images-idx3-ubyte.gz", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                    "train-labels-idx1-ubyte.gz", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                    "t10k-images-idx3-ubyte.gz", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                    "t10k-labels-idx1-ubyte.gz", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
                    "cnn_mnist.onnx", "81602d5ede13305af0974c2d0659e2c861cacc0cb50bde550c1663c796352e08")),
    FASHION_MNIST(
            "apt-get install dataset-fashion-mnist",
            Map.of(
                    "train-images-idx3-ubyte.gz", "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                    "train-labels-idx1-ubyte.gz", "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                    "t10k-images-idx3-ubyte.gz", "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                    "t10k-labels-idx1-ubyte.gz", "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"));

    private static final Path DEBIAN = Path.of("/usr/share/datasets");

    private final String source;
    private final Map<String, String> digests;

    /**
     * Describes a data set.
     *
     * @param source the command that brings it
     * @param digests the SHA-256 of each file, of what is compressed in it if it is gzipped
     */
    Place(String source, Map<String, String> digests) {
        this.source = source;
        this.digests = digests;
    }

    /** Returns the name by which it is asked for. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Finds the folder: the one that the variable of this name says, else {@code shared/data} beside this directory or one above it, else where
     * Debian puts it.
     *
     * @throws MissingDataException if a file is not in it
     */
    Path find(Map<String, String> environment) throws MissingDataException {
        String named = environment.get(name());
        Path folder = named != null ? Path.of(named) : usual();
        for (String file : digests.keySet()) {
            if (!Files.isRegularFile(folder.resolve(file))) {
                throw new MissingDataException(missing(folder));
            }
        }
        return folder;
    }

    private Path usual() {
        for (Path place = Path.of("").toAbsolutePath(); place != null; place = place.getParent()) {
            Path folder = place.resolve("shared/data").resolve(label());
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        return DEBIAN.resolve(label());
    }

    private String missing(Path folder) {
        String files = digests.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(file -> "  %s  %s%n".formatted(file.getValue(), file.getKey()))
                .collect(Collectors.joining());
        return """
                The data %s is not in %s.
                Let the variable %s name a folder with these files (SHA-256 of what they hold uncompressed):
                %sMaybe: %s""".formatted(label(), folder, name(), files, source);
    }
}
