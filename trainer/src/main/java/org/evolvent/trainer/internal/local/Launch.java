package org.evolvent.trainer.internal.local;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.trainer.Limits;
import org.evolvent.trainer.internal.place.Launcher;

/**
 * What to start, and where.
 *
 * @param command the program and its arguments; never given to a shell
 * @param directory the working directory: the one the study file is in
 * @param environment variables on top of this JVM's and of what the slot's resources set; they win over both
 * @param logs a directory for {@code slot-0.log} and so on; made when it does not exist. What a trainer prints goes there
 * @param slots the resources of each slot, at least one
 * @param limits how long things may take
 * @param launcher who lends the places that the slots are; empty for this machine
 */
public record Launch(
        List<String> command,
        Path directory,
        Map<String, String> environment,
        Path logs,
        List<SlotResources> slots,
        Limits limits,
        Optional<Launcher> launcher) {
    public Launch {
        command = List.copyOf(command);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        slots = List.copyOf(slots);
        if (command.isEmpty() || command.get(0).isEmpty()) {
            throw new IllegalArgumentException(
                    "The trainer's command is %s but must begin with a program.\nMaybe [python3, train.py]?"
                            .formatted(command));
        }
        if (slots.isEmpty()) {
            throw new IllegalArgumentException("The number of slots is 0 but must be at least 1");
        }
    }

    /** Returns a launch with no further variables and standard limits. */
    public static Launch of(List<String> command, Path directory, Path logs, List<SlotResources> slots) {
        return new Launch(command, directory, Map.of(), logs, slots, Limits.standard(), Optional.empty());
    }

    /** Returns this launch with other limits. */
    public Launch withLimits(Limits other) {
        return new Launch(command, directory, environment, logs, slots, other, launcher);
    }

    /** Returns this launch with further variables. */
    public Launch withEnvironment(Map<String, String> variables) {
        return new Launch(command, directory, variables, logs, slots, limits, launcher);
    }

    /** Returns this launch with somebody who lends places. */
    public Launch withLauncher(Launcher lender) {
        return new Launch(command, directory, environment, logs, slots, limits, Optional.of(lender));
    }

    /** Returns what a process in a slot is told by variables, with some that are its own: a new map. */
    public Map<String, String> variables(int slot, Map<String, String> own) {
        Map<String, String> all = new LinkedHashMap<>(slots.get(slot).environment());
        all.putAll(own);
        all.putAll(environment);
        return all;
    }

    /** Returns the words that start the command, or one that was made of it, in a slot. */
    public List<String> words(int slot, List<String> made) {
        return launcher.map(lender -> lender.command(slot, made, directory)).orElse(made);
    }
}
