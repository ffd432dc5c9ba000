package org.evolvent.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.evolvent.architecture.Evolvent.CLASSES;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The core is a pure function: it sees no clock, no thread, no file, no host and no generator that it did not make from a key, and
 * computes the same bits on every platform.
 */
class CorePurityTest {
    private static final Set<String> PACKAGES = Set.of(
            "java.lang",
            "java.lang.annotation",
            "java.lang.reflect", // whether a strategy overrides observe
            "java.lang.invoke", // lambdas and string concatenation, as javac writes them
            "java.lang.runtime", // equals, hashCode and toString of records
            "java.math",
            "java.nio.charset",
            "java.security",
            "java.util",
            "java.util.function",
            "java.util.random",
            "java.util.regex",
            "java.util.stream",
            "org.jspecify.annotations");

    private static final Set<String> VALUE_TYPES =
            Set.of("java.time.Duration", "java.time.Instant", "java.nio.ByteBuffer", "java.nio.ByteOrder");

    /** Of the packages above, what reads or keeps something that is not an argument. */
    private static final Set<String> AMBIENT_TYPES = Set.of(
            "java.lang.ClassLoader",
            "java.lang.InheritableThreadLocal",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.ProcessHandle",
            "java.lang.Runtime",
            "java.lang.Thread",
            "java.lang.ThreadGroup",
            "java.lang.ThreadLocal",
            "java.security.SecureRandom",
            "java.util.Calendar",
            "java.util.Date",
            "java.util.GregorianCalendar",
            "java.util.Random",
            "java.util.ResourceBundle",
            "java.util.Scanner",
            "java.util.ServiceLoader",
            "java.util.SplittableRandom",
            "java.util.TimeZone",
            "java.util.Timer",
            "java.util.TimerTask");

    /** System has one pure member that anybody needs. */
    private static final Set<String> PURE_SYSTEM_CALLS = Set.of("arraycopy");

    /** Of Math, what may differ between platforms in the last bit (JLS 15.4 does not cover these), and random. */
    private static final Set<String> INEXACT_MATH = Set.of(
            "IEEEremainder",
            "acos",
            "asin",
            "atan",
            "atan2",
            "cbrt",
            "cos",
            "cosh",
            "exp",
            "expm1",
            "hypot",
            "log",
            "log10",
            "log1p",
            "pow",
            "random",
            "sin",
            "sinh",
            "tan",
            "tanh");

    @Test
    void needsNothingButValuesOfTheJdk() {
        check(classes()
                .that(Evolvent.inModule("core"))
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.describe(
                        "are the core's own, JSpecify's, or pure values of the JDK", CorePurityTest::isPure)));
    }

    private static boolean isPure(JavaClass dependency) {
        JavaClass type = dependency.getBaseComponentType();
        return type.isPrimitive()
                || Evolvent.moduleOf(type).equals("core")
                || VALUE_TYPES.contains(type.getName())
                || (PACKAGES.contains(type.getPackageName()) && !AMBIENT_TYPES.contains(outermost(type)));
    }

    private static String outermost(JavaClass type) {
        int nested = type.getName().indexOf('$');
        return nested < 0 ? type.getName() : type.getName().substring(0, nested);
    }

    @Test
    void readsNoClockNorEnvironment() {
        checkNone(
                "System, but for arraycopy",
                target -> owner(target).equals("java.lang.System") && !PURE_SYSTEM_CALLS.contains(target.getName()));
        checkNone(
                "Instant.now",
                target -> owner(target).equals("java.time.Instant")
                        && target.getName().equals("now"));
    }

    @Test
    void drawsFromKeyedStreamsOnly() {
        checkNone("UUID.randomUUID", target -> target.getName().equals("randomUUID"));
        checkNone(
                "Collections.shuffle",
                target -> owner(target).equals("java.util.Collections")
                        && target.getName().equals("shuffle"));
        checkNone("generators that seed themselves", target -> switch (owner(target)) {
            case "java.util.random.RandomGenerator" ->
                Set.of("getDefault", "of").contains(target.getName());
            case "java.util.random.RandomGeneratorFactory" ->
                target.getFullName().endsWith(".create()");
            default -> false;
        });
    }

    @Test
    void computesTheSameBitsEverywhere() {
        checkNone(
                "Math where only StrictMath is exact",
                target -> owner(target).equals("java.lang.Math") && INEXACT_MATH.contains(target.getName()));
        checkNone("StrictMath.random", target -> target.getFullName().startsWith("java.lang.StrictMath.random("));
    }

    /**
     * Reasons and digests are stored, so they must read the same on a host that writes 0,25 or \u0665\u0660. Formats are a matter
     * of {@link SourcesTest}: which conversions a format has, no class file tells.
     */
    @Test
    void asksForNoLocale() {
        checkNone("the default locale", target -> switch (owner(target)) {
            case "java.util.Locale" -> target.getName().equals("getDefault");
            case "java.lang.String" ->
                target.getFullName().endsWith(".toLowerCase()")
                        || target.getFullName().endsWith(".toUpperCase()");
            default -> false;
        });
    }

    @Test
    void hasNoIdentityAndNoThreads() {
        checkNone("identity hash codes", target -> target.getName().equals("identityHashCode"));
        checkNone("parallel streams and sorts", target -> target.getName().startsWith("parallel"));
        checkNone(
                "monitors",
                target -> owner(target).equals("java.lang.Object")
                        && Set.of("wait", "notify", "notifyAll").contains(target.getName()));
    }

    private static String owner(AccessTarget target) {
        return target.getOwner().getName();
    }

    private interface TargetTest {
        boolean matches(AccessTarget target);
    }

    private static void checkNone(String what, TargetTest forbidden) {
        check(noClasses()
                .that(Evolvent.inModule("core"))
                .should()
                .accessTargetWhere(DescribedPredicate.describe(
                        "uses " + what, (JavaAccess<?> access) -> forbidden.matches(access.getTarget()))));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }
}
