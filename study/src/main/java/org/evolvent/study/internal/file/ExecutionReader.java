package org.evolvent.study.internal.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.evolvent.core.study.Mode;
import org.evolvent.study.internal.text.Sizes;
import org.evolvent.study.spec.Problem;
import org.evolvent.study.spec.Resources;
import org.evolvent.trainer.internal.place.CommandLauncher;

/** Reads {@code execution}. */
final class ExecutionReader {
    /** More slots or trainers than any machine has. */
    private static final int MOST = 1_000_000;

    private static final String EXAMPLE = "{mode: asynchronous, slots: 2}";
    private static final String EXAMPLE_OF_WORDS = "[ssh, '{host}']";
    private static final String EXAMPLE_OF_LAUNCHER = "{command: [ssh, '{host}'], hosts: [node1, node2], shell: true}";
    private static final String EXAMPLE_OF_SLURM = "{slots: 8, cpus: 8, gpus: 1, memory: 32GB, time: 12h}";
    private static final List<String> OF_PROGRAMS = List.of("cpus", "gpus", "devices", "slurm", "launcher");
    private static final Map<String, Mode> MODES = modes();

    /** How a study runs, and with what. */
    record Section(Mode mode, Resources resources) {}

    private final Fields fields;
    private Optional<Fields> slurm = Optional.empty();

    private ExecutionReader(Fields fields) {
        this.fields = fields;
    }

    /** Returns what the study says, and the defaults for the rest or for what has a problem. */
    static Section execution(Fields study) {
        return study.fields("execution", EXAMPLE)
                .map(fields -> new ExecutionReader(fields).read())
                .orElse(new Section(Mode.ASYNCHRONOUS, Resources.standard()));
    }

    /** Complains about resources that only programs can be told of, when the trainer is a class. */
    static void refuseResourcesOfPrograms(Fields study) {
        if (study.take("execution").orElse(null) instanceof Tree.Mapping execution) {
            for (String key : OF_PROGRAMS) {
                Tree tree = execution.fields().get(key);
                if (tree != null) {
                    study.problems()
                            .add(new Problem(
                                    tree.place(),
                                    "%s is %s but goes with trainer.command only"
                                            .formatted(tree.path(), tree.shown())));
                }
            }
        }
    }

    private Section read() {
        Mode mode =
                fields.take("mode").flatMap(tree -> fields.word(tree, MODES)).orElse(Mode.ASYNCHRONOUS);
        slurm = fields.fields("slurm", EXAMPLE_OF_SLURM);
        Optional<Resources.Slurm> places = slurm.map(ExecutionReader::slurm);
        Optional<Resources.Launcher> launcher =
                fields.fields("launcher", EXAMPLE_OF_LAUNCHER).flatMap(ExecutionReader::launcher);
        OptionalInt slots = count("slots", 1);
        List<String> hosts = launcher.map(Resources.Launcher::hosts).orElse(List.of());
        Resources resources = new Resources(
                slots.isEmpty() && !hosts.isEmpty() ? OptionalInt.of(hosts.size()) : slots,
                count("hot", 0),
                cpus(),
                gpus(),
                disk(),
                fields.take("devices").flatMap(this::devices),
                places,
                launcher);
        requireFitting(resources);
        if (launcher.isPresent()) {
            requireFittingLauncher(resources);
        }
        slurm.ifPresent(Fields::finish);
        fields.finish();
        return new Section(mode, resources);
    }

    /** Returns what a slot gets, which may stand among that which Slurm is asked for; what stands outside, as by {@code --slots}, wins. */
    private Optional<Tree> ofSlot(String key) {
        Optional<Tree> inside = slurm.flatMap(fields -> fields.take(key));
        return fields.take(key).or(() -> inside);
    }

    private static Resources.Slurm slurm(Fields slurm) {
        Optional<Long> memory = slurm.take("memory").flatMap(tree -> size(slurm, tree, "32GB, 1.5GiB or 500MB"));
        return new Resources.Slurm(
                memory.isPresent() ? OptionalLong.of(memory.get()) : OptionalLong.empty(),
                slurm.take("time").flatMap(slurm::duration),
                slurm.take("partition").flatMap(slurm::text),
                slurm.take("options")
                        .flatMap(tree -> slurm.words(tree, "[--constraint=a100]"))
                        .orElse(List.of()));
    }

    private static Optional<Resources.Launcher> launcher(Fields launcher) {
        Optional<List<String>> command =
                launcher.require("command", EXAMPLE_OF_WORDS).flatMap(tree -> launcher.words(tree, EXAMPLE_OF_WORDS));
        Optional<Tree> hosts = launcher.take("hosts");
        List<String> named =
                hosts.flatMap(tree -> launcher.words(tree, "[node1, node2]")).orElse(List.of());
        boolean shell = launcher.take("shell").flatMap(launcher::flag).orElse(false);
        launcher.finish();
        if (command.isPresent() && command.get().isEmpty()) {
            launcher.problems()
                    .add(Fields.wrong(launcher.take("command").orElseThrow(), "a list such as " + EXAMPLE_OF_WORDS));
            return Optional.empty();
        }
        boolean asks = command.orElse(List.of()).stream().anyMatch(word -> word.contains(CommandLauncher.HOST));
        if (asks == named.isEmpty()) {
            launcher.problems()
                    .add(new Problem(
                            launcher.place(),
                            "%s.hosts is %s but {host} stands %s its command; both or neither must be there"
                                    .formatted(launcher.path(), named, asks ? "in" : "nowhere in")));
        }
        return command.map(words -> new Resources.Launcher(words, named, shell));
    }

    /** Complains about what nobody knows of other machines. */
    private void requireFittingLauncher(Resources resources) {
        if (resources.slots().isEmpty()) {
            complain("launcher", "slots is missing but must be there where a launcher has no hosts, such as slots: 4");
        }
        if (slurm.isPresent()) {
            complain("launcher", "launcher and slurm are there but only one of them may be");
        }
        if (resources.gpus().orElse(0) > 0 && resources.devices().isEmpty()) {
            complain(
                    "launcher",
                    "devices is missing but must be there with gpus: those of each host, such as devices: [0, 1]");
        }
    }

    /** Complains about what Slurm cannot be asked for. */
    private void requireFitting(Resources resources) {
        if (slurm.isEmpty()) {
            return;
        }
        if (resources.slots().isEmpty()) {
            complain(
                    "slurm",
                    "slots is missing but must be there: how many places Slurm is asked for, such as slots: 8");
        }
        double gpus = resources.gpus().orElse(0);
        if (gpus != Math.rint(gpus)) {
            complain("slurm", "gpus is %s but must be a whole number where Slurm deals them out".formatted(gpus));
        }
        if (resources.devices().isPresent()) {
            complain("devices", "devices goes with slots on this machine only: Slurm deals the GPUs out");
        }
    }

    private void complain(String key, String what) {
        fields.problems().add(new Problem(fields.take(key).orElseThrow().place(), fields.path() + ": " + what));
    }

    private OptionalInt count(String key, int atLeast) {
        Optional<Long> count = ofSlot(key).flatMap(tree -> fields.whole(tree, atLeast, MOST));
        return count.isPresent() ? OptionalInt.of(count.get().intValue()) : OptionalInt.empty();
    }

    private OptionalDouble cpus() {
        Optional<Tree> tree = ofSlot("cpus");
        Optional<Double> cpus = tree.flatMap(fields::number);
        if (cpus.isPresent() && !(cpus.get() > 0 && cpus.get() <= MOST)) {
            fields.problems().add(Fields.wrong(tree.orElseThrow(), "a number above 0, at most " + MOST));
            return OptionalDouble.empty();
        }
        return cpus.isPresent() ? OptionalDouble.of(cpus.get()) : OptionalDouble.empty();
    }

    private OptionalDouble gpus() {
        Optional<Tree> tree = ofSlot("gpus");
        Optional<Double> gpus = tree.flatMap(fields::number);
        if (gpus.isPresent() && (gpus.get() > MOST || !Resources.isShare(gpus.get()))) {
            fields.problems().add(Fields.wrong(tree.orElseThrow(), "0, a fraction below 1, or a whole number"));
            return OptionalDouble.empty();
        }
        return gpus.isPresent() ? OptionalDouble.of(gpus.get()) : OptionalDouble.empty();
    }

    private OptionalLong disk() {
        Optional<Tree> tree = fields.take("disk");
        Optional<Long> bytes = tree.flatMap(found -> size(fields, found, "200GB, 1.5TiB or 500MB"));
        return bytes.isPresent() ? OptionalLong.of(bytes.get()) : OptionalLong.empty();
    }

    private static Optional<Long> size(Fields fields, Tree tree, String examples) {
        Optional<Long> bytes = tree instanceof Tree.Scalar scalar ? Sizes.parse(scalar.text()) : Optional.empty();
        if (bytes.orElse(0L) < 1) {
            fields.problems().add(Fields.wrong(tree, "a size above 0 such as " + examples));
            return Optional.empty();
        }
        return bytes;
    }

    private Optional<List<String>> devices(Tree tree) {
        return fields.words(tree, "[0, 1]");
    }

    private static Map<String, Mode> modes() {
        Map<String, Mode> modes = new LinkedHashMap<>();
        modes.put("asynchronous", Mode.ASYNCHRONOUS);
        modes.put("synchronous", Mode.SYNCHRONOUS);
        return modes;
    }
}
