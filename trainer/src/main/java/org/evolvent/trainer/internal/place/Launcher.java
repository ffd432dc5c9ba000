package org.evolvent.trainer.internal.place;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who lends places for trainers: a scheduler, or a program that starts others elsewhere. Its command stays in front of the trainer for as
 * long as that runs, and hands on standard input and output.
 */
public interface Launcher {
    /**
     * What a place runs: it says on standard error that it was granted, and where; then, with the code, how the command came to its end. An
     * end that was not said is the place's. Its arguments are the command, which no shell ever reads. One line, since some shells that
     * stand at the far end quote no more than that.
     */
    String ANNOUNCED =
            "printf '%s placed %s %s\\n' '--- evolvent:' \"${SLURMD_NODENAME:-$(uname -n)}\" \"$place\" >&2; "
                    + "\"$@\"; code=$?; printf '\\n%s ended %s\\n' '--- evolvent:' \"$code\" >&2; exit \"$code\"";

    /**
     * A request that was not granted yet.
     *
     * @param id its name, by which it is released; empty when it has none
     * @param what it is and does, for people
     */
    record Waiting(String id, String what) {}

    /**
     * Returns the words that run a command in a slot's place.
     *
     * @param slot from 0
     * @param trainer a program and its arguments
     * @param directory the working directory
     */
    List<String> command(int slot, List<String> trainer, Path directory);

    /**
     * Returns what is written to standard input first, before the trainer's own; empty where variables reach a place by themselves.
     *
     * @param variables which the trainer is to have
     */
    default String preamble(Map<String, String> variables) {
        return "";
    }

    /** Returns what the name of a place is the name of, for people. */
    String noun();

    /** Returns what waits for a place, when a line on standard error tells of it. */
    Optional<Waiting> waiting(String line);

    /** Returns whether a line on standard error says that the place is taken away. */
    boolean isWithdrawal(String line);

    /** Returns why a request still waits, for people; empty when nobody can tell. Returns in bounded time. */
    String reason(String request);

    /**
     * Gives a place back by the lender's own means, also one that was not granted yet; returns in bounded time.
     *
     * @param slot whose it is
     * @param place its name, or that of the request
     */
    void release(int slot, String place);

    /** Returns a command that gives back all places, for whoever is left when this JVM is gone; empty where there is nothing to do. */
    List<String> farewell();

    /**
     * Returns a command with what announces it in front.
     *
     * @param name a script, up to its last separator, that sets {@code place}, the name of the place by which it is released: without blanks, may be empty
     */
    static List<String> announced(String name, List<String> command) {
        return Stream.concat(Stream.of("/bin/sh", "-c", name + " " + ANNOUNCED, "evolvent"), command.stream())
                .toList();
    }
}
