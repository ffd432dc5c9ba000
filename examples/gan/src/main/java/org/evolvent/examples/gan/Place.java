package org.evolvent.examples.gan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where public data lies that this example may not bring along. */
enum Place {
    MNIST("examples/gan/download FOLDER", """
            0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7  t10k-images-idx3-ubyte.gz
            ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2  t10k-labels-idx1-ubyte.gz
            ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db  train-images-idx3-ubyte.gz
            65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5  train-labels-idx1-ubyte.gz
            81602d5ede13305af0974c2d0659e2c861cacc0cb50bde550c1663c796352e08  cnn_mnist.onnx
            """),
    FASHION_MNIST("apt-get install dataset-fashion-mnist", """
            5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b  t10k-images-idx3-ubyte.gz
            0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34  t10k-labels-idx1-ubyte.gz
            c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888  train-images-idx3-ubyte.gz
            bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9  train-labels-idx1-ubyte.gz
            """);

    private static final Path DEBIAN = Path.of("/usr/share/datasets");

    private final String source;
    private final String files;

    /**
     * Describes a data set.
     *
     * @param source the command that brings it
     * @param files a line for each: the SHA-256 of what is compressed in it, or of itself if it is not gzipped, two spaces and its name
     */
    Place(String source, String files) {
        this.source = source;
        this.files = files;
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
        if (!files.lines()
                .map(line -> folder.resolve(line.substring(line.lastIndexOf(' ') + 1)))
                .allMatch(Files::isRegularFile)) {
            throw new MissingDataException(missing(folder));
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
        return """
                The data %s is not in %s.
                Let the variable %s name a folder with these files (SHA-256 of what they hold uncompressed):
                %sMaybe: %s""".formatted(label(), folder, name(), files, source);
    }
}
