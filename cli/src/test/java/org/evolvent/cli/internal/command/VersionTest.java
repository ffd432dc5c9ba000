package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --version} says. */
class VersionTest {
    @TempDir
    Path temporary;

    @Test
    void itIsTheOneInThePom() throws Exception {
        Path start = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        Path root = Files.isDirectory(start.resolve("docs")) ? start : start.resolveSibling("");
        Matcher revision =
                Pattern.compile("<revision>(.+)</revision>").matcher(Files.readString(root.resolve("pom.xml")));
        assertThat(revision.find()).isTrue();
        assertThat(new Shell(temporary).call("--version").out())
                .matches("evolvent " + Pattern.quote(revision.group(1))
                        + "( \\(commit [0-9a-f]{7,}(-dirty)?\\))?\\RJava \\d.*\\R");
    }

    @Test
    void itNamesTheCommitIfThereWasOne() {
        assertThat(Version.text(built("4e0874c"))).isEqualTo("evolvent 1.2 (commit 4e0874c)");
        assertThat(Version.text(built(""))).isEqualTo("evolvent 1.2");
    }

    private static Properties built(String commit) {
        Properties built = new Properties();
        built.setProperty("version", "1.2");
        built.setProperty("commit", commit);
        return built;
    }
}
