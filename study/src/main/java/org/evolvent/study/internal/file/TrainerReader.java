package org.evolvent.study.internal.file;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.evolvent.study.spec.Problem;
import org.evolvent.study.spec.TrainerSpec;
import org.evolvent.trainer.Limits;

/** Reads {@code trainer}. */
final class TrainerReader {
    private static final String EXAMPLE = "{command: [python3, train.py]}";

    private TrainerReader() {}

    /**
     * Returns the trainer; empty when it has a problem.
     *
     * @param base where relative paths begin unless the file says otherwise
     */
    static Optional<TrainerSpec> trainer(Fields study, Path base) {
        Optional<Tree> tree = study.require("trainer", EXAMPLE);
        return tree.flatMap(found -> Fields.of(found, EXAMPLE, study.problems()))
                .flatMap(fields -> trainer(fields, tree.get(), base));
    }

    private static Optional<TrainerSpec> trainer(Fields fields, Tree tree, Path base) {
        Optional<Tree> java = fields.take("java");
        Optional<Tree> command = fields.take("command");
        Optional<Tree> embedded = fields.take("embedded");
        Optional<Tree> classpath = fields.take("classpath");
        Optional<Tree> environment = fields.take("environment");
        Optional<Tree> limits = fields.take("limits");
        Path directory = fields.take("directory")
                .flatMap(found -> directory(fields, found, base))
                .orElse(base);
        fields.finish();
        if (Stream.of(java, command, embedded).filter(Optional::isPresent).count() != 1) {
            fields.problems()
                    .add(Fields.wrong(tree, "a mapping with exactly one of java (a class) and command (a program)"));
            return Optional.empty();
        }
        if (embedded.isPresent()) {
            refuse(fields, environment, "trainer.command");
            refuse(fields, limits, "trainer.command");
            refuse(fields, classpath, "trainer.java");
            return fields.word(embedded.get(), Map.of("true", true)).map(yes -> new TrainerSpec.Embedded(directory));
        }
        if (java.isPresent()) {
            refuse(fields, environment, "trainer.command");
            refuse(fields, limits, "trainer.command");
            Optional<List<String>> globs = classpath.isEmpty()
                    ? Optional.of(List.of())
                    : fields.words(classpath.get(), "[target/classes, \"lib/*.jar\"]");
            return fields.text(java.get())
                    .flatMap(factory -> globs.map(patterns -> new TrainerSpec.InJvm(factory, patterns, directory)));
        }
        refuse(fields, classpath, "trainer.java");
        Optional<List<String>> words = fields.words(command.get(), "[python3, train.py]");
        if (words.isPresent() && (words.get().isEmpty() || words.get().get(0).isBlank())) {
            fields.problems()
                    .add(Fields.wrong(command.get(), "a list that begins with a program, such as [python3, train.py]"));
            return Optional.empty();
        }
        Map<String, String> variables =
                environment.map(found -> environment(fields, found)).orElse(Map.of());
        Limits most = limits.flatMap(found -> Fields.of(found, "{interval: 1h, silence: 10m}", fields.problems()))
                .map(TrainerReader::limits)
                .orElse(Limits.standard());
        return words.map(found -> new TrainerSpec.Command(found, variables, most, directory));
    }

    private static void refuse(Fields fields, Optional<Tree> tree, String partner) {
        tree.ifPresent(found -> fields.problems()
                .add(new Problem(
                        found.place(),
                        "%s is %s but goes with %s only".formatted(found.path(), found.shown(), partner))));
    }

    private static Map<String, String> environment(Fields fields, Tree tree) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (!(tree instanceof Tree.Mapping mapping)) {
            fields.problems().add(Fields.wrong(tree, "a mapping such as {CUBLAS_WORKSPACE_CONFIG: \":4096:8\"}"));
            return variables;
        }
        mapping.fields().forEach((name, value) -> {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                fields.problems()
                        .add(new Problem(
                                value.place(),
                                "%s has a name that no variable can have; letters, digits and '_' are allowed"
                                        .formatted(value.path())));
            } else if (value instanceof Tree.Scalar scalar && !(scalar.value() instanceof Tree.Empty)) {
                variables.put(name, scalar.text());
            } else {
                fields.problems().add(Fields.wrong(value, "a text"));
            }
        });
        return variables;
    }

    private static Limits limits(Fields fields) {
        Limits standard = Limits.standard();
        Limits limits = new Limits(
                fields.take("start_up").flatMap(fields::duration).orElse(standard.startUp()),
                fields.take("interval").flatMap(fields::duration),
                fields.take("silence").flatMap(tree -> silence(fields, tree)),
                fields.take("log_bytes")
                        .flatMap(tree -> fields.whole(tree, 1, Long.MAX_VALUE))
                        .orElse(standard.logBytes()));
        fields.finish();
        return limits;
    }

    private static Optional<Duration> silence(Fields fields, Tree tree) {
        return tree instanceof Tree.Scalar scalar && scalar.text().equals("none")
                ? Optional.of(Limits.FOREVER)
                : fields.duration(tree);
    }

    private static Optional<Path> directory(Fields fields, Tree tree, Path base) {
        return fields.text(tree).flatMap(text -> {
            try {
                return Optional.of(base.resolve(text).normalize());
            } catch (InvalidPathException e) {
                fields.problems().add(Fields.wrong(tree, "a path"));
                return Optional.empty();
            }
        });
    }
}
