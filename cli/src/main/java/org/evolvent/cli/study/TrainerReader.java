package org.evolvent.cli.study;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        Optional<Tree> classpath = fields.take("classpath");
        Path directory = fields.take("directory")
                .flatMap(found -> directory(fields, found, base))
                .orElse(base);
        fields.finish();
        if (java.isPresent() == command.isPresent()) {
            fields.problems()
                    .add(Fields.wrong(tree, "a mapping with exactly one of java (a class) and command (a program)"));
            return Optional.empty();
        }
        if (java.isPresent()) {
            Optional<List<String>> globs = classpath.isEmpty()
                    ? Optional.of(List.of())
                    : words(fields, classpath.get(), "[target/classes, \"lib/*.jar\"]");
            return fields.text(java.get())
                    .flatMap(factory -> globs.map(patterns -> new TrainerSpec.InJvm(
                            factory, patterns, directory, java.get().place())));
        }
        classpath.ifPresent(found -> fields.problems()
                .add(new Problem(
                        found.place(),
                        "trainer.classpath is %s but goes with trainer.java only".formatted(found.shown()))));
        Optional<List<String>> words = words(fields, command.get(), "[python3, train.py]");
        if (words.isPresent() && (words.get().isEmpty() || words.get().get(0).isBlank())) {
            fields.problems()
                    .add(Fields.wrong(command.get(), "a list that begins with a program, such as [python3, train.py]"));
            return Optional.empty();
        }
        return words.map(
                found -> new TrainerSpec.Command(found, directory, command.get().place()));
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

    private static Optional<List<String>> words(Fields fields, Tree tree, String example) {
        List<String> words = new ArrayList<>();
        Optional<List<Tree>> items = fields.items(tree, example);
        for (Tree item : items.orElse(List.of())) {
            if (item instanceof Tree.Scalar scalar) {
                words.add(scalar.text());
            } else {
                fields.problems().add(Fields.wrong(item, "a text"));
                return Optional.empty();
            }
        }
        return items.map(found -> words);
    }
}
