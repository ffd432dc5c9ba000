package org.evolvent.store.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {
    @TempDir
    Path directory;

    private Path tree;
    private Path outside;

    /** A directory with a file, a file further below, an empty directory, and a link that leads out of it. */
    @BeforeEach
    void make() throws IOException {
        outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("mine"), "mine");
        tree = Files.createDirectory(directory.resolve("tree"));
        Files.writeString(tree.resolve("file"), "content");
        Files.writeString(Files.createDirectory(tree.resolve("below")).resolve("deep"), "deeper");
        Files.createDirectory(tree.resolve("empty"));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void deletesEverythingBelowAndNothingElse() throws IOException {
        Files.createSymbolicLink(tree.resolve("link"), outside);
        Disk.protect(tree.resolve("below"));
        Disk.deleteTree(tree);
        assertThat(tree).doesNotExist();
        assertThat(outside.resolve("mine")).hasContent("mine");
        Disk.deleteTree(tree);
        Disk.deleteTree(outside.resolve("mine"));
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void deletesALinkAndNotWhatItNames() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), tree);
        Disk.deleteTree(link);
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(tree.resolve("file")).exists();
    }

    @Test
    void copiesEverythingAndTheCopyCanBeWrittenTo() throws IOException {
        Files.createSymbolicLink(tree.resolve("link"), outside.resolve("mine"));
        Disk.protect(tree.resolve("below"));
        Files.setPosixFilePermissions(tree.resolve("file"), PosixFilePermissions.fromString("r--r--r--"));
        Path copy = Files.createDirectory(directory.resolve("copy"));
        Disk.copyTree(tree, copy);
        assertThat(copy.resolve("file")).hasContent("content");
        assertThat(copy.resolve("below/deep")).hasContent("deeper");
        assertThat(copy.resolve("empty")).isEmptyDirectory();
        assertThat(Files.readSymbolicLink(copy.resolve("link"))).isEqualTo(outside.resolve("mine"));
        assertThat(Files.isSameFile(copy.resolve("file"), tree.resolve("file"))).isFalse();
        assertThat(permissions(copy.resolve("file"))).isEqualTo("rw-r--r--");
        assertThat(permissions(copy.resolve("below/deep"))).isEqualTo("rw-r--r--");
        assertThat(permissions(tree.resolve("file"))).isEqualTo("r--r--r--");
    }

    @Test
    void protectsEverythingBelow() throws IOException {
        String before = permissions(tree);
        Disk.protect(tree);
        assertThat(permissions(tree)).as("it has yet to be moved").isEqualTo(before);
        assertThat(permissions(tree.resolve("file"))).isEqualTo("r--r--r--");
        assertThat(permissions(tree.resolve("below"))).isEqualTo("r-xr-xr-x");
        assertThat(permissions(tree.resolve("below/deep"))).isEqualTo("r--r--r--");
        assertThat(permissions(tree.resolve("empty"))).isEqualTo("r-xr-xr-x");
    }

    @Test
    void listsWhatIsThere() throws IOException {
        assertThat(Disk.list(tree))
                .containsExactlyInAnyOrder(tree.resolve("file"), tree.resolve("below"), tree.resolve("empty"));
        assertThat(Disk.list(directory.resolve("nowhere"))).isEmpty();
        assertThatThrownBy(() -> Disk.list(tree.resolve("file"))).isInstanceOf(IOException.class);
    }

    @Test
    void anUnusedNameHasTheFirstFreeNumber() throws IOException {
        Path base = directory.resolve("events.db.damaged");
        assertThat(Disk.unused(base)).isEqualTo(directory.resolve("events.db.damaged-1"));
        Files.createFile(directory.resolve("events.db.damaged-1"));
        Files.createSymbolicLink(directory.resolve("events.db.damaged-2"), directory.resolve("nowhere"));
        assertThat(Disk.unused(base)).isEqualTo(directory.resolve("events.db.damaged-3"));
    }

    @Test
    void whoHasAReplacedFileOpenChangesTheOldOne() throws IOException {
        Path second = Files.createLink(directory.resolve("second"), tree.resolve("file"));
        Path spare = directory.resolve("spare");
        Disk.replaceByCopy(tree.resolve("file"), spare);
        Files.writeString(second, "changed");
        assertThat(tree.resolve("file")).hasContent("content");
        assertThat(spare).doesNotExist();
    }

    @Test
    void linksEveryFile() throws IOException {
        Path links = directory.resolve("links");
        Disk.linkTree(tree, links);
        assertThat(Files.isSameFile(links.resolve("file"), tree.resolve("file")))
                .isTrue();
        assertThat(Files.isSameFile(links.resolve("below/deep"), tree.resolve("below/deep")))
                .isTrue();
        assertThat(links.resolve("empty")).isEmptyDirectory();
        assertThatThrownBy(() -> Disk.linkTree(tree, links)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void copiesWhatCannotBeLinked() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "in the way of a link");
        Disk.linkOrCopy(tree.resolve("file"), target);
        assertThat(target).hasContent("content");
        assertThat(Files.isSameFile(target, tree.resolve("file"))).isFalse();
    }

    @Test
    void aDurableFileIsReplacedWhole() throws IOException {
        Path file = directory.resolve("study.yaml");
        Disk.writeDurably(file, "\u2713 first, and longer");
        Disk.writeDurably(file, "\u2713 second");
        assertThat(Files.readString(file)).isEqualTo("\u2713 second");
        assertThat(directory.resolve(".study.yaml.new")).doesNotExist();
    }

    @Test
    void forcesWhatIsThereAndSaysWhatIsNot() throws IOException {
        Disk.force(tree.resolve("file"));
        Disk.forceTree(tree);
        Disk.forceNames(tree);
        Disk.forceName(tree);
        Disk.forceName(Path.of("/"));
        Path nowhere = directory.resolve("nowhere");
        for (Forcing forcing : List.<Forcing>of(
                () -> Disk.force(nowhere),
                () -> Disk.forceTree(nowhere),
                () -> Disk.forceNames(nowhere),
                () -> Disk.forceName(nowhere.resolve("name")))) {
            assertThatThrownBy(forcing::run).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void aTreeIsForcedToItsLastFile() throws IOException {
        Files.createSymbolicLink(tree.resolve("below/dangling"), directory.resolve("nowhere"));
        assertThatThrownBy(() -> Disk.forceTree(tree))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("dangling");
    }

    private interface Forcing {
        void run() throws IOException;
    }
}
