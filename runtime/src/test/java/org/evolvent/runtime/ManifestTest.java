package org.evolvent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);
    private static final Manifest TWO =
            new Manifest(List.of(new Manifest.Entry("weights/1 of 2", 12, A), new Manifest.Entry("state", 0, B)));

    @Test
    void isALineForEachFileInOrder() {
        assertThat(TWO.text()).isEqualTo(B + " 0 state\n" + A + " 12 weights/1 of 2\n");
        assertThat(TWO.bytes()).isEqualTo(12);
        assertThat(Manifest.parse(TWO.text())).isEqualTo(TWO);
        assertThat(Manifest.parse("").files()).isEmpty();
    }

    /** As {@code sha256sum} says it of the text. */
    @Test
    void isNamedByItsText() {
        assertThat(new Manifest(List.of()).id().digest())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(TWO.id()).isNotEqualTo(new Manifest(List.of(TWO.files().get(0))).id());
    }

    @Test
    void holdsEveryFileBelowADirectory() throws IOException {
        try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
            Path directory = memory.getPath("/checkpoint");
            Files.createDirectories(directory.resolve("empty"));
            Files.createDirectories(directory.resolve("deep/deeper"));
            Files.write(directory.resolve("deep/deeper/large"), new byte[200_000]);
            Files.writeString(directory.resolve("abc"), "abc");
            Manifest manifest = Manifest.of(directory);
            assertThat(manifest.files())
                    .containsExactly(
                            new Manifest.Entry(
                                    "abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
                            new Manifest.Entry(
                                    "deep/deeper/large",
                                    200_000,
                                    "4cbbd9be0cba685835755f827758705db5a413c5494c34262cd25946a73e7582"));
        }
    }

    static Stream<String> foreign() {
        return Stream.of(
                "abc\n",
                A + " 12\n",
                A + " twelve a\n",
                A + " -1 a\n",
                A + " +1 a\n",
                A + " 01 a\n",
                A + " 99999999999999999999 a\n",
                A.toUpperCase(java.util.Locale.ROOT) + " 1 a\n",
                A.substring(1) + " 1 a\n",
                A + " 1 a",
                A + " 1 a\r\n",
                A + " 1 b\n" + B + " 1 a\n",
                A + " 1 a\n" + B + " 1 a\n",
                "\n" + A + " 1 a\n");
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void isReadOnlyAsItIsWritten(String text) {
        assertThatThrownBy(() -> Manifest.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/etc/passwd", "..", "../a", "a/../b", "a/..", ".", "./a", "a/./b", "a//b", "a/", "", "a\0b"})
    void namesNothingOutside(String path) {
        assertThatThrownBy(() -> Manifest.parse(A + " 1 " + path + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("inside of the checkpoint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"...", "..a", "a..", ".a/b.", " ", "a b", "\u00e9/\u2713"})
    void namesWhatFileSystemsAllow(String path) {
        assertThat(Manifest.parse(A + " 1 " + path + "\n").files().get(0).path())
                .isEqualTo(path);
    }

    @Test
    void saysWhatDiffers() {
        Manifest.Entry state = TWO.files().get(0);
        Manifest.Entry weights = TWO.files().get(1);
        assertThat(TWO.differenceTo(TWO)).isEqualTo("nothing differs");
        assertThat(TWO.differenceTo(new Manifest(List.of(state)))).isEqualTo("its file 'weights/1 of 2' is missing");
        assertThat(new Manifest(List.of(state)).differenceTo(TWO))
                .isEqualTo("it has files that were not committed: 'weights/1 of 2'");
        assertThat(TWO.differenceTo(new Manifest(List.of(state, new Manifest.Entry(weights.path(), 13, A)))))
                .isEqualTo("its file 'weights/1 of 2' has 13 bytes but had 12");
        assertThat(TWO.differenceTo(new Manifest(List.of(state, new Manifest.Entry(weights.path(), 12, B)))))
                .isEqualTo("its file 'weights/1 of 2' has the SHA-256 %s but had %s", B, A);
    }
}
