package org.evolvent.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.evolvent.architecture.Evolvent.CLASSES;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.evolvent.core.population.Edit;
import org.evolvent.core.study.StudyFold;
import org.evolvent.core.study.StudyState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Arrows between modules point down only, and packages have no cycles. */
class ModulesTest {
    /** Module to the modules it may use. A new module needs a row here. */
    static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            entry("core", Set.of()),
            entry("runtime", Set.of("core")),
            entry("testkit", Set.of("runtime", "core")),
            entry("store", Set.of("runtime", "core")),
            entry("trainer", Set.of("runtime", "core")),
            entry("study", Set.of("store", "trainer", "runtime", "core")),
            entry("tasks", Set.of("trainer", "runtime", "core")),
            entry("compare", Set.of("tasks", "study", "store", "trainer", "runtime", "core")),
            entry("views", Set.of("study", "store", "trainer", "runtime", "core")),
            entry("ui", Set.of("views", "study", "store", "trainer", "runtime", "core")),
            entry("cli", Set.of("ui", "views", "compare", "tasks", "study", "store", "trainer", "runtime", "core")),
            entry("examples.toy", Set.of("study", "trainer", "runtime", "core")),
            entry("examples.digits", Set.of("study", "trainer", "runtime", "core")),
            entry("examples.torch", Set.of("trainer", "runtime", "core")),
            entry("examples.arcade", Set.of("examples.torch", "study", "trainer", "runtime", "core")),
            entry("examples.translation", Set.of("examples.torch", "trainer", "core")),
            entry("examples.gan", Set.of("examples.torch", "trainer", "runtime", "core")),
            entry(
                    "bench",
                    Set.of(
                            "cli", "ui", "views", "compare", "tasks", "study", "testkit", "store", "trainer", "runtime",
                            "core")));

    static final Set<String> MODULES = new TreeSet<>(MAY_USE.keySet());

    /** Without this, every rule below would hold for an import that found nothing. */
    @Test
    void findsTheProduct() {
        assertThat(CLASSES).hasSizeGreaterThan(20);
    }

    @Test
    void everyClassIsInAKnownModule() {
        Set<String> found = new TreeSet<>();
        CLASSES.forEach(type -> found.add(Evolvent.moduleOf(type)));
        assertThat(MODULES).containsAll(found);
    }

    @ParameterizedTest
    @FieldSource("MODULES")
    void arrowsPointDown(String module) {
        Set<String> allowed = MAY_USE.get(module);
        DescribedPredicate<JavaClass> below =
                DescribedPredicate.describe("are in one of " + new TreeSet<>(allowed) + " or not ours", type -> {
                    String target = Evolvent.moduleOf(type);
                    return target.isEmpty() || target.equals(module) || allowed.contains(target);
                });
        classes()
                .that(Evolvent.inModule(module))
                .should()
                .onlyDependOnClassesThat(below)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    /** A package and those below it are different ones. */
    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.evolvent.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    /** JUnit and what comes with it, AssertJ, jimfs and the Guava that it needs. */
    @Test
    void whatTestsAreWrittenWithIsForTheTestKits() {
        noClasses()
                .that(DescribedPredicate.not(Evolvent.inModule("testkit").or(Evolvent.inModule("bench"))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.junit..",
                        "org.opentest4j..",
                        "org.assertj..",
                        "com.google.common..",
                        "org.evolvent.testkit..")
                .because("nobody who runs a study should have to bring it")
                .check(CLASSES);
    }

    /** Whoever has an edit can change a population under those who read it. */
    @Test
    void onlyTheFoldOfAStudyEditsPopulations() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.evolvent.core.population")
                .and()
                .doNotBelongToAnyOf(StudyFold.class, StudyState.class)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Edit.class)
                .because("strategies, listeners and stores see populations that they can only read")
                .check(CLASSES);
    }
}
