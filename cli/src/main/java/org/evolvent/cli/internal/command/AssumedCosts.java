package org.evolvent.cli.internal.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;
import org.evolvent.study.internal.text.Format;
import org.evolvent.study.internal.text.Sizes;
import picocli.CommandLine.Option;

/** The options of {@code simulate} that say what things cost. */
final class AssumedCosts {

    @Option(
            names = "--step-seconds",
            paramLabel = "S",
            description = "The time of a training step at speed 1; by default ${DEFAULT-VALUE}",
            defaultValue = "1")
    private double stepSeconds = 1;

    @Option(
            names = "--save-seconds",
            paramLabel = "S",
            description = "The time to evaluate and save at the end of an interval; by default ${DEFAULT-VALUE}",
            defaultValue = "0")
    private double saveSeconds;

    @Option(
            names = "--restore-seconds",
            paramLabel = "S",
            description = "The time to restore weights that are not in memory; by default ${DEFAULT-VALUE}",
            defaultValue = "0")
    private double restoreSeconds;

    @Option(
            names = "--checkpoint-size",
            paramLabel = "SIZE",
            description = "The size of a checkpoint, such as 300MB or 1.5GiB; by default ${DEFAULT-VALUE}",
            defaultValue = "0")
    private String checkpointSize = "0";

    @Option(
            names = "--speeds",
            paramLabel = "X",
            split = ",",
            description = "How fast the slots are, such as 1,1,0.5; repeated as needed. All 1 by default")
    private List<Double> speeds = List.of(1.0);

    @Option(
            names = "--member-speeds",
            paramLabel = "X",
            split = ",",
            description = "How fast the members are on any slot; repeated as needed. All 1 by default")
    private List<Double> memberSpeeds = List.of(1.0);

    @Option(
            names = "--failure-rate",
            paramLabel = "P",
            description = "The probability that an attempt fails halfway; by default ${DEFAULT-VALUE}",
            defaultValue = "0")
    private double failureRate;

    @Option(
            names = "--queue-seconds",
            paramLabel = "S",
            description =
                    "How long a slot waits in a queue for a place, on average, at the beginning and after each loss; by default ${DEFAULT-VALUE}",
            defaultValue = "0")
    private double queueSeconds;

    @Option(
            names = "--preemptions",
            paramLabel = "X",
            description = "How often in an hour a place is taken away, on average; by default ${DEFAULT-VALUE}",
            defaultValue = "0")
    private double preemptions;

    @Option(
            names = "--node-failures",
            paramLabel = "X",
            description =
                    "How often in an hour a node fails, on average, and its slots lose their places; by default ${DEFAULT-VALUE}",
            defaultValue = "0")
    private double nodeFailures;

    @Option(
            names = "--node-slots",
            paramLabel = "N",
            description = "How many slots are on a node; by default ${DEFAULT-VALUE}",
            defaultValue = "1")
    private int nodeSlots = 1;

    @Option(
            names = "--hot",
            paramLabel = "N",
            description =
                    "How many members' weights stay in memory beside those in the slots. By default none for a program, and what the study says for a class")
    private Optional<Integer> hot = Optional.empty();

    /**
     * Returns the costs on so many slots.
     *
     * @param usuallyHot how many members' weights stay in memory unless an option says otherwise
     */
    SimulatedCosts on(int slots, int usuallyHot) {
        require(stepSeconds > 0 && stepSeconds <= 1e9, "--step-seconds", stepSeconds, "above 0 and at most 1e9");
        require(saveSeconds >= 0 && saveSeconds <= 1e9, "--save-seconds", saveSeconds, "from 0 to 1e9");
        require(restoreSeconds >= 0 && restoreSeconds <= 1e9, "--restore-seconds", restoreSeconds, "from 0 to 1e9");
        require(failureRate >= 0 && failureRate < 1, "--failure-rate", failureRate, "at least 0 and below 1");
        require(queueSeconds >= 0 && queueSeconds <= 1e9, "--queue-seconds", queueSeconds, "from 0 to 1e9");
        require(preemptions >= 0 && preemptions <= 1e6, "--preemptions", preemptions, "from 0 to 1e6");
        require(nodeFailures >= 0 && nodeFailures <= 1e6, "--node-failures", nodeFailures, "from 0 to 1e6");
        require(nodeSlots >= 1, "--node-slots", nodeSlots, "at least 1");
        require(hot.orElse(0) >= 0, "--hot", hot.orElse(0), "at least 0");
        for (double speed : speeds) {
            require(speed > 0 && Double.isFinite(speed), "--speeds", speed, "above 0");
        }
        for (double speed : memberSpeeds) {
            require(speed > 0 && Double.isFinite(speed), "--member-speeds", speed, "above 0");
        }
        List<Double> all = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            all.add(speeds.get(slot % speeds.size()));
        }
        return new SimulatedCosts(
                duration(stepSeconds),
                duration(saveSeconds),
                duration(restoreSeconds),
                all,
                memberSpeeds,
                failureRate,
                bytes(),
                hot.orElse(usuallyHot),
                new SimulatedCosts.Lending(duration(queueSeconds), preemptions, nodeFailures, nodeSlots));
    }

    /** Returns whether places are lent, by a scheduler say. */
    boolean areLent() {
        return queueSeconds > 0 || preemptions > 0 || nodeFailures > 0;
    }

    /** Says in a line what is assumed. */
    String inWords() {
        return "a step takes %s s, evaluating and saving %s s, restoring %s s; a checkpoint has %s; slots have the speed %s, members %s; %s %% of the attempts fail%s"
                .formatted(
                        Format.number(stepSeconds),
                        Format.number(saveSeconds),
                        Format.number(restoreSeconds),
                        Sizes.format(bytes()),
                        list(speeds),
                        list(memberSpeeds),
                        Format.number(100 * failureRate),
                        areLent()
                                ? "; a place is waited for %s s, and taken away %s times an hour; a node of %s fails %s times an hour"
                                        .formatted(
                                                Format.number(queueSeconds),
                                                Format.number(preemptions),
                                                Format.count(nodeSlots, "slot"),
                                                Format.number(nodeFailures))
                                : "");
    }

    private static String list(List<Double> numbers) {
        return numbers.stream().map(Format::number).collect(Collectors.joining(", "));
    }

    private long bytes() {
        return Sizes.parse(checkpointSize)
                .orElseThrow(() ->
                        new UsageException("--checkpoint-size is '%s' but must be a size such as 300MB, 1.5GiB or 4096"
                                .formatted(checkpointSize)));
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private static void require(boolean holds, String option, Object value, String rule) {
        if (!holds) {
            throw new UsageException(String.format(Locale.ROOT, "%s is %s but must be %s", option, value, rule));
        }
    }
}
