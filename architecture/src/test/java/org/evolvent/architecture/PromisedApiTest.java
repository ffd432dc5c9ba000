package org.evolvent.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.evolvent.architecture.Evolvent.CLASSES;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What other people's programs may rely on is what {@code docs/api.md} lists: all public types outside of {@code internal} packages. */
class PromisedApiTest {
    private static final int MOST_PROMISED = 100;
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(org\\.evolvent[a-z.]*)` \\| ([^|]+) \\|");

    /** Programs that stand for other people's, and those that measure and draw. */
    private static boolean isProduct(JavaClass type) {
        return !Evolvent.moduleOf(type).startsWith("examples.")
                && !Evolvent.moduleOf(type).equals("bench");
    }

    private static boolean isInternal(JavaClass type) {
        return (type.getPackageName() + ".").contains(".internal.");
    }

    private static Set<String> listed() throws IOException {
        Set<String> listed = new TreeSet<>();
        Matcher row = ROW.matcher(Files.readString(Evolvent.projectRoot().resolve("docs/api.md")));
        while (row.find()) {
            for (String name : row.group(2).split(",", -1)) {
                listed.add(row.group(1) + "." + name.strip().replace("`", ""));
            }
        }
        return listed;
    }

    private static Stream<JavaClass> promised() {
        return CLASSES.stream()
                .filter(type -> type.isTopLevelClass()
                        && type.getModifiers().contains(JavaModifier.PUBLIC)
                        && isProduct(type)
                        && !isInternal(type));
    }

    @Test
    void isListed() throws IOException {
        Set<String> found = promised().map(JavaClass::getName).collect(Collectors.toCollection(TreeSet::new));
        assertThat(listed())
                .as(
                        "types in docs/api.md; one that nobody else needs is package-private, or in a package named internal")
                .isEqualTo(found)
                .hasSizeLessThanOrEqualTo(MOST_PROMISED);
    }

    @Test
    void isDocumented() throws IOException {
        Set<String> bare = new TreeSet<>();
        for (String name : listed()) {
            String simple = name.substring(name.lastIndexOf('.') + 1);
            Pattern documented =
                    Pattern.compile("\\*/\\s*(?:@[^\\n]*\\s+)*public [a-z ]*(?:class|record|interface|@interface|enum) "
                            + simple + "\\b");
            if (!documented.matcher(Files.readString(source(name))).find()) {
                bare.add(name);
            }
        }
        assertThat(bare).as("promised types without Javadoc").isEmpty();
    }

    private static Path source(String name) {
        String module = name.split("\\.", -1)[2];
        return Evolvent.projectRoot()
                .resolve(module)
                .resolve("src/main/java")
                .resolve(name.replace('.', '/') + ".java");
    }

    /** A promise that shows an internal type in a signature promises that, too. */
    @Test
    void showsNothingInternal() {
        Set<String> shown = new TreeSet<>();
        CLASSES.stream()
                .filter(type -> isProduct(type) && !isInternal(type) && isVisible(type))
                .forEach(type -> type.getMembers().stream()
                        .filter(member -> isVisible(member.getModifiers()))
                        .flatMap(member -> types(member)
                                .filter(PromisedApiTest::isInternal)
                                .map(internal -> member.getFullName() + " shows " + internal.getSimpleName()))
                        .forEach(shown::add));
        assertThat(shown).isEmpty();
    }

    private static boolean isVisible(JavaClass type) {
        return isVisible(type.getModifiers())
                && type.getEnclosingClass().map(PromisedApiTest::isVisible).orElse(true);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> types(JavaMember member) {
        Stream<JavaType> shown = member instanceof JavaCodeUnit code
                ? Stream.concat(Stream.of(code.getReturnType()), code.getParameterTypes().stream())
                : Stream.of(((JavaField) member).getType());
        return shown.flatMap(type -> type.getAllInvolvedRawTypes().stream()).map(JavaClass::getBaseComponentType);
    }

    @Test
    void isAllThatTheExamplesNeed() {
        String[] examples = Arrays.stream(ModulesTest.MODULES.toArray(String[]::new))
                .filter(module -> module.startsWith("examples."))
                .map(module -> Evolvent.ROOT_PACKAGE + "." + module + "..")
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAnyPackage(examples)
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.describe("are not internal", type -> !isInternal(type)))
                .because("they stand for other people's programs")
                .check(CLASSES);
    }
}
