package org.evolvent.study.spec;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.trainer.Limits;

/** What trains, as the study file says it; nothing has been loaded or started yet. Immutable. */
public sealed interface TrainerSpec {
    /** Returns the directory where relative paths of the trainer begin; absolute: a relative one is made so from where this JVM was started. */
    Path directory();

    /**
     * A class in this JVM.
     *
     * @param factory the name of a class that implements {@link org.evolvent.trainer.TrainerFactory}
     * @param classpath patterns of jars and directories, relative to the directory; may be empty
     */
    record InJvm(String factory, List<String> classpath, Path directory) implements TrainerSpec {
        public InJvm {
            classpath = List.copyOf(classpath);
            directory = directory.toAbsolutePath();
        }
    }

    /**
     * A program.
     *
     * @param words the program and its arguments, at least one; never given to a shell
     * @param environment variables on top of all others
     * @param limits how long things may take
     */
    record Command(List<String> words, Map<String, String> environment, Limits limits, Path directory)
            implements TrainerSpec {
        public Command {
            words = List.copyOf(words);
            environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
            directory = directory.toAbsolutePath();
        }
    }

    /** An object of the program that runs the study; only that program can go on with it. */
    record Embedded(Path directory) implements TrainerSpec {
        public Embedded {
            directory = directory.toAbsolutePath();
        }
    }
}
