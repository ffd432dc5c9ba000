package org.evolvent.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How sources are laid out: no god files, and every package says what it is. */
class SourcesTest {
    private static final int MAX_LINES = 400;

    /** Files that may be longer, relative to the project's root, each with its reason beside it. */
    private static final Set<String> MAY_BE_LONGER = Set.of();

    /** A number's conversion inside a literal. */
    private static final Pattern LOCALIZED_CONVERSION =
            Pattern.compile("^(?!\\s*(\\*|//)).*\".*%[-#+0,(]*[0-9]*(\\.[0-9]+)?[dfeEgG]");

    private static final Set<String> SKIPPED_DIRECTORIES =
            Set.of("target", "generated", "node_modules", "evolvent-runs", "runs", "data", "__pycache__");

    @Test
    void filesAreShort() throws IOException {
        Map<String, Integer> tooLong = new TreeMap<>();
        Set<String> excused = new TreeSet<>();
        for (Path file : sources(".java", ".py", ".js")) {
            int lines = Files.readAllLines(file, StandardCharsets.UTF_8).size();
            if (lines > MAX_LINES) {
                String name = name(file);
                if (MAY_BE_LONGER.contains(name)) {
                    excused.add(name);
                } else {
                    tooLong.put(name, lines);
                }
            }
        }
        assertThat(tooLong).as("files of more than %d lines", MAX_LINES).isEmpty();
        assertThat(excused).as("excuses still needed").isEqualTo(MAY_BE_LONGER);
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        Set<String> silent = new TreeSet<>();
        for (Path file : sources(".java")) {
            Path directory = file.getParent();
            if (name(file).contains("src/main/java/") && !Files.exists(directory.resolve("package-info.java"))) {
                silent.add(name(directory));
            }
        }
        assertThat(silent).as("packages without package-info.java").isEmpty();
    }

    /** Names such as {@code store/file/Staging}: a module, its packages and a class, which may go on with a method. */
    @Test
    void theManualOfTheCodeNamesClassesThatAreThere() throws IOException {
        Set<String> there = new TreeSet<>();
        for (Path file : sources(".java")) {
            there.add(name(file).replaceFirst("^(\\w+)/src/(main|test)/java/org/evolvent/\\1/", "$1/"));
        }
        Pattern named = Pattern.compile("`([a-z]+(?:/[a-z]+)*/[A-Z]\\w*)(?:\\.\\w+)?`");
        String manual = Files.readString(Evolvent.projectRoot().resolve("docs/architecture.md"));
        List<String> classes =
                named.matcher(manual).results().map(found -> found.group(1)).toList();
        assertThat(classes).hasSizeGreaterThan(20);
        // The driver's own package is named as if it were a module.
        assertThat(classes)
                .allMatch(name -> there.contains(name + ".java") || there.contains("runtime/" + name + ".java"));
    }

    /**
     * In these modules texts are stored, compared and hashed, and %d writes other digits where the host's locale has some. %s of a
     * number does not, and %x neither.
     */
    @Test
    void formatsAreTheSameInEveryLocale() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : sources(".java")) {
            String name = name(file);
            if (name.startsWith("core/src/main/") || name.startsWith("runtime/src/main/")) {
                int number = 0;
                for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                    number++;
                    if (LOCALIZED_CONVERSION.matcher(line).find()) {
                        found.add(name + ":" + number + ": " + line.strip());
                    }
                }
            }
        }
        assertThat(found)
                .as("formats that depend on the host's locale; %s does not")
                .isEmpty();
    }

    private static String name(Path path) {
        return Evolvent.projectRoot().relativize(path).toString().replace('\\', '/');
    }

    private static List<Path> sources(String... endings) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(Evolvent.projectRoot(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                return name.startsWith(".") || SKIPPED_DIRECTORIES.contains(name)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                for (String ending : endings) {
                    if (file.toString().endsWith(ending)) {
                        found.add(file);
                    }
                }
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(found).as("sources found").isNotEmpty();
        return found;
    }
}
