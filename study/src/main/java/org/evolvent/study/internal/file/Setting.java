package org.evolvent.study.internal.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.study.spec.Problem;
import org.evolvent.study.spec.SourceLocation;
import org.evolvent.study.spec.StudyFileException;

/**
 * A value given on the command line that replaces one of the study file.
 *
 * @param option the option as the user wrote it, such as {@code --set population=8}; names the place of problems
 * @param path the key, such as {@code strategy.exploit.truncation.fraction}
 * @param value in YAML
 */
public record Setting(String option, String path, String value) {
    /**
     * Reads {@code key.path=value}.
     *
     * @throws StudyFileException when it is something else
     */
    public static Setting parse(String text) {
        int at = text.indexOf('=');
        if (at < 1) {
            throw new StudyFileException(
                    SourceLocation.option("--set " + text),
                    "'%s' must be key=value, such as population=8 or budget.steps=1000".formatted(text));
        }
        return new Setting(
                "--set " + text,
                text.substring(0, at).strip(),
                text.substring(at + 1).strip());
    }

    /**
     * Reads a mapping in YAML that an option holds.
     *
     * @param option the option as the user wrote it
     * @throws StudyFileException when it is something else
     */
    public static Map<String, ?> options(String option, String yaml) {
        List<Problem> problems = new ArrayList<>();
        Optional<Tree> tree = YamlReader.option(SourceLocation.option(option), "", yaml, problems);
        if (problems.isEmpty() && tree.isPresent() && tree.get() instanceof Tree.Mapping mapping) {
            return mapping.plain();
        }
        throw problems.isEmpty()
                ? new StudyFileException(
                        SourceLocation.option(option),
                        "'%s' must be a mapping such as {exploit: tournament, explore: perturb}".formatted(yaml))
                : new StudyFileException(problems);
    }

    /** Returns the tree with this value in it. What the tree does not know is added; reading it will complain. */
    Tree.Mapping applyTo(Tree.Mapping root, List<Problem> problems) {
        SourceLocation place = SourceLocation.option(option);
        if (path.length() > YamlReader.LONGEST_PATH) {
            problems.add(new Problem(
                    place,
                    "the key has %s characters but may have %s".formatted(path.length(), YamlReader.LONGEST_PATH)));
            return root;
        }
        Optional<Tree> replacement = YamlReader.option(place, path, value, problems);
        return replacement.isEmpty() ? root : put(root, path, replacement.get(), problems);
    }

    private Tree.Mapping put(Tree.Mapping mapping, String rest, Tree replacement, List<Problem> problems) {
        String key = key(mapping.fields(), rest);
        if (key.equals(rest)) {
            return mapping.with(key, replacement);
        }
        String below = rest.substring(key.length() + 1);
        SourceLocation place = SourceLocation.option(option);
        Tree inner = Optional.ofNullable(mapping.fields().get(key))
                .orElse(new Tree.Mapping(place, Tree.join(mapping.path(), key), Map.of()));
        if (inner instanceof Tree.Mapping deeper) {
            return mapping.with(key, put(deeper, below, replacement, problems));
        }
        problems.add(new Problem(place, "%s is %s and has no key '%s'".formatted(inner.path(), inner.shown(), below)));
        return mapping;
    }

    /** Returns the longest key that the rest begins with (names of parameters may contain dots), or its first word. */
    private static String key(Map<String, Tree> fields, String rest) {
        Optional<String> known = fields.keySet().stream()
                .filter(key -> rest.equals(key) || rest.startsWith(key + "."))
                .max(java.util.Comparator.comparingInt(String::length));
        int dot = rest.indexOf('.');
        return known.orElse(dot < 1 ? rest : rest.substring(0, dot));
    }
}
