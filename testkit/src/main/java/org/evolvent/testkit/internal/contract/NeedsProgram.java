package org.evolvent.testkit.internal.contract;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A test, or a class of tests, that cannot run without programs of the machine. Where one is not on the {@code PATH} the test is skipped
 * and says so on the error output; under continuous integration ({@code CI=true}) it runs all the same, and fails.
 */
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsProgram.Condition.class)
public @interface NeedsProgram {
    /** The programs' names, without a directory. */
    String[] value();

    /** Looks for the program. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            // A method of a class that needs a program is asked about as well, and may need nothing more.
            return AnnotationSupport.findAnnotation(context.getElement(), NeedsProgram.class)
                    .map(needed -> evaluate(needed.value(), context))
                    .orElseGet(() -> ConditionEvaluationResult.enabled("It needs no other program"));
        }

        private static ConditionEvaluationResult evaluate(String[] programs, ExtensionContext context) {
            String missing = Arrays.stream(programs)
                    .filter(program -> !isOnPath(program))
                    .collect(Collectors.joining(" and "));
            if (missing.isEmpty() || "true".equals(System.getenv("CI"))) {
                return ConditionEvaluationResult.enabled("It can run, or must");
            }
            System.err.printf("NOT RUN: %s needs %s, which is not on the PATH%n", context.getUniqueId(), missing);
            return ConditionEvaluationResult.disabled(missing + " is not on the PATH");
        }

        private static boolean isOnPath(String program) {
            String path = System.getenv().getOrDefault("PATH", "");
            return Pattern.compile(Pattern.quote(File.pathSeparator))
                    .splitAsStream(path)
                    .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        }
    }
}
