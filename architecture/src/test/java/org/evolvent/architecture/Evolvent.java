package org.evolvent.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;

/** The product as these tests see it: its classes, imported once, and its sources. */
final class Evolvent {
    static final String ROOT_PACKAGE = "org.evolvent";

    /** Every class of the product in src/main/java, from the directories or jars on the class path. */
    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/jmh_generated/"))
            .importPackages(ROOT_PACKAGE);

    private Evolvent() {}

    /** Where all modules are. Surefire sets basedir to this module's directory; an IDE may start in either. */
    static Path projectRoot() {
        Path start = Path.of(System.getProperty("basedir", "")).toAbsolutePath().normalize();
        for (Path directory = start; directory != null; directory = directory.getParent()) {
            if (Files.isDirectory(directory.resolve("core")) && Files.isDirectory(directory.resolve("architecture"))) {
                return directory;
            }
        }
        throw new IllegalStateException(
                "no project root above " + start + "\nMaybe run this test from the project's tree.");
    }

    /** The module of a class by its package: "core" for org.evolvent.core.space, "" for a class that is not ours. */
    static String moduleOf(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        if (!name.startsWith(ROOT_PACKAGE + ".")) {
            return "";
        }
        String[] segments = name.substring(ROOT_PACKAGE.length() + 1).split("\\.", -1);
        return segments[0].equals("examples") && segments.length > 1 ? "examples." + segments[1] : segments[0];
    }

    static DescribedPredicate<JavaClass> inModule(String module) {
        return DescribedPredicate.describe(
                "are in module " + module, type -> moduleOf(type).equals(module));
    }
}
