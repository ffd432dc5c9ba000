package org.evolvent.examples.translation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Multi30k, task 1 (Elliott et al. 2016): what is to be seen in photographs, in English and in German. It is for research and education,
 * and has no licence by which it could lie beside this file.
 */
final class Multi30k {
    /** Where to look first. */
    static final String VARIABLE = "MULTI30K";

    /** The SHA-256 of each file, uncompressed. */
    private static final Map<String, String> FILES = new LinkedHashMap<>();

    static {
        FILES.put("train.en", "460a15fbd157e34a7a9957ee388c1ca247fe47af3ef25fb50442af6c274e0fc6");
        FILES.put("train.de", "2c2b73fd2b548fbcde3a875e0a78d6ee94d498bfdee6bd3eae3945779e9ddf72");
        FILES.put("val.en", "1f2a23d992769b5b3d209b0a10dd0b77c08cceb1f20dfb97ed0aafa49d107227");
        FILES.put("val.de", "660e09eb7e1da2f856ea13ee5ad3cf6d36b3d5b0b733c857e94c5747a3dfc660");
        FILES.put("test_2016_flickr.en", "399a4382932c1aadd3ceb9bef1008d388a64c76d4ae4e9d4728c6f4301cac182");
        FILES.put("test_2016_flickr.de", "4be6b5b3236b79c25475c6bb829800a7ce559e9ba7a1f6c2394fe4d40be46d16");
        FILES.put("test_2017_flickr.en", "ce1450ddc5ab0834502579d77a170849952e15a2938b34cc503bdc25ebb4fb98");
        FILES.put("test_2017_flickr.de", "c3078bc3b36808bf9d20eb2347ed6137016179ef59ec0d2b9b8ecc3fb2880081");
        FILES.put("test_2017_mscoco.en", "43051fdfa86fd5395182e718a94ca67b1b227b9f7c79596ff0f6b813216981d2");
        FILES.put("test_2017_mscoco.de", "58277df3c75f92f7145a11b910b553d1cf82c439249d4dc237c899609eafac22");
    }

    private final Path directory;

    /**
     * Sentences and what they are in the other language.
     *
     * @param english a sentence each
     * @param german as many
     */
    record Pairs(List<String> english, List<String> german) {
        Pairs {
            if (english.size() != german.size()) {
                throw new IllegalArgumentException("There are %d sentences and %d translations but must be as many"
                        .formatted(english.size(), german.size()));
            }
        }
    }

    /** That there is no such data; the message says what to put where. */
    static final class MissingException extends IOException {
        private static final long serialVersionUID = 1;

        MissingException(String message) {
            super(message);
        }
    }

    private Multi30k(Path directory) {
        this.directory = directory;
    }

    /**
     * Looks for the data: where the variable says; else in {@code data} in the example's directory, where its script {@code download} puts
     * it; else in {@code shared/data/multi30k} beside the clone.
     *
     * @param named what {@link #VARIABLE} is, if it is set
     * @param example the example's directory
     * @throws MissingException if it is not there
     */
    static Multi30k find(@Nullable String named, Path example) throws MissingException {
        Path here = example.toAbsolutePath().normalize();
        List<Path> places = named != null
                ? List.of(Path.of(named))
                : List.of(
                        here.resolve("data"),
                        here.resolve("../../../shared/data/multi30k").normalize());
        for (Path place : places) {
            if (FILES.keySet().stream().allMatch(name -> file(place, name) != null)) {
                return new Multi30k(place);
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add("The data of Multi30k, task 1, raw, is in none of %s.".formatted(places));
        lines.add(
                "Maybe call examples/translation/download, or put these files (or NAME.gz of each) into one directory");
        lines.add("and name it in the variable %s? SHA-256 of what is in them, uncompressed:".formatted(VARIABLE));
        FILES.forEach((name, hash) -> lines.add("  %s  %s".formatted(hash, name)));
        throw new MissingException(String.join("\n", lines));
    }

    private static @Nullable Path file(Path directory, String name) {
        Path plain = directory.resolve(name);
        Path compressed = directory.resolve(name + ".gz");
        return Files.exists(plain) ? plain : Files.exists(compressed) ? compressed : null;
    }

    /**
     * Reads a part.
     *
     * @param part {@code train}, {@code val}, or a test set such as {@code test_2016_flickr}
     * @throws IOException if a file cannot be read, or is another than it should be
     */
    Pairs pairs(String part) throws IOException {
        return new Pairs(lines(part + ".en"), lines(part + ".de"));
    }

    private List<String> lines(String name) throws IOException {
        Path file = file(directory, name);
        if (file == null) {
            throw new IOException("There is no file %s in %s".formatted(name, directory));
        }
        String hash = sha256(TextFiles.bytes(file));
        if (!hash.equals(FILES.get(name))) {
            throw new IOException("%s has SHA-256 %s but must have %s.\nMaybe it is of another version of Multi30k?"
                    .formatted(file, hash, FILES.get(name)));
        }
        return TextFiles.lines(file);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java has it.
        }
    }
}
