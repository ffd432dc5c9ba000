package org.evolvent.runtime.contract;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A test, or a class of tests, that cannot run without a program of the machine. Where it is not on the {@code PATH} the test is skipped
 * and says so on the error output; under continuous integration ({@code CI=true}) it runs all the same, and fails.
 */
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsProgram.Condition.class)
public @interface NeedsProgram {
    /** The program's name, without a directory. */
    String value();

    /** Looks for the program. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            // A method of a class that needs a program is asked about as well, and may need nothing more.
            return AnnotationSupport.findAnnotation(context.getElement(), NeedsProgram.class)
                    .map(needed -> evaluate(needed.value(), context))
                    .orElseGet(() -> ConditionEvaluationResult.enabled("It needs no other program"));
        }

        private static ConditionEvaluationResult evaluate(String program, ExtensionContext context) {
            if (isOnPath(program) || "true".equals(System.getenv("CI"))) {
                return ConditionEvaluationResult.enabled("It can run, or must");
            }
            System.err.printf("NOT RUN: %s needs %s, which is not on the PATH%n", context.getUniqueId(), program);
            return ConditionEvaluationResult.disabled(program + " is not on the PATH");
        }

        private static boolean isOnPath(String program) {
            String path = System.getenv().getOrDefault("PATH", "");
            return Pattern.compile(Pattern.quote(File.pathSeparator))
                    .splitAsStream(path)
                    .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        }
    }
}
