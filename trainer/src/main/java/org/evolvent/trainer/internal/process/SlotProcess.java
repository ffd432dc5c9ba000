package org.evolvent.trainer.internal.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.evolvent.runtime.EvolventException;
import org.evolvent.trainer.internal.Evaluations;
import org.evolvent.trainer.internal.LocalProcess;
import org.evolvent.trainer.internal.LogTail;
import org.evolvent.trainer.internal.Timekeeper;
import org.evolvent.trainer.internal.Watchdog;
import org.evolvent.trainer.internal.local.Launch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process of a slot, one after the other. On this machine one is started when it is needed. Where places are lent, one asks for a place
 * and waits for it; when the place is taken away, another one asks, after a pause that grows as long as it happens.
 *
 * <p>Belongs to the slot's thread; what is volatile may be looked at by any.
 */
final class SlotProcess {
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(SlotProcess.class);

    private final Launch launch;
    private final int slot;
    private final Supplier<Evaluations> ofProcess;
    private final Lending lending;
    private final Watchdog watchdog;
    private final Timekeeper timekeeper;
    private final LogTail log;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Optional<Conversation> conversation = Optional.empty();
    private volatile Optional<String> refusal = Optional.empty();
    private Evaluations evaluations = Evaluations.none();
    private Duration pause = Duration.ZERO;

    /**
     * Starts nothing yet.
     *
     * @param evaluations says for each process which of the checkpoints that it restores are evaluated before they are trained
     * @param lending shared by all slots
     */
    SlotProcess(
            Launch launch,
            int slot,
            Supplier<Evaluations> evaluations,
            Lending lending,
            Watchdog watchdog,
            Timekeeper timekeeper,
            LogTail log) {
        this.launch = launch;
        this.slot = slot;
        this.ofProcess = evaluations;
        this.lending = lending;
        this.watchdog = watchdog;
        this.timekeeper = timekeeper;
        this.log = log;
    }

    /** Returns the process; empty when none was started, or it was given up. */
    Optional<Conversation> conversation() {
        return conversation;
    }

    /** Returns which checkpoints the process evaluates. */
    Evaluations evaluations() {
        return evaluations;
    }

    /** Returns where its place is or what it waits for; empty on this machine. */
    Optional<String> place() {
        return launch.launcher()
                .map(lender -> conversation
                        .flatMap(current -> current.process().placement().where())
                        .orElse("it asks for a place again in a moment"));
    }

    /** Returns whether an attempt may come: on this machine always; elsewhere when there is a place, or none for a reason that has to be told. */
    boolean isReady() {
        return launch.launcher().isEmpty() || refusal.isPresent() || isPlaced();
    }

    private boolean isPlaced() {
        return conversation
                .map(Conversation::process)
                .filter(process -> process.isAlive() && process.placement().isGranted())
                .isPresent();
    }

    /** Starts a process and waits for its place, again and again while there is hope; without any, the next attempt tells. */
    void prepare() {
        if (launch.launcher().isEmpty()) {
            prepareHere();
            return;
        }
        do {
            rest();
            if (closing.getCount() == 0) {
                return;
            }
            giveUp("it has no place");
            refusal = start();
            if (refusal.isPresent() && closing.getCount() > 0) {
                LOG.warn("Slot {} has no place: {}", slot, refusal.get());
            }
        } while (refusal.isPresent() && lending.isHopeful());
    }

    private void prepareHere() {
        try {
            launch();
        } catch (EvolventException e) {
            LOG.debug("Slot {} has no process yet; the first attempt will try again and report it", slot, e);
        }
    }

    /** Returns why there is no process in a place, if there is none. */
    private Optional<String> start() {
        try {
            launch();
            LocalProcess process = conversation.orElseThrow().process();
            if (closing.getCount() == 0) {
                process.end("the study is over");
            }
            if (lending.await(process.placement())) {
                return Optional.empty();
            }
            return Optional.of(giveUp("There is no place for slot %s: %s".formatted(slot, process.howItEnded())));
        } catch (EvolventException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } finally {
            lengthenPause();
        }
    }

    /** Waits before somebody is asked again who has just taken a place away or refused one. */
    private void rest() {
        try {
            boolean unused = closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lengthenPause() {
        // Who grants nobody anything may never do: the study has to hear of it soon.
        Duration longer = lending.isHopeful() ? pause.multipliedBy(2) : SHORTEST_PAUSE;
        pause = longer.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : longer;
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** Notes that the place has been good for an interval. */
    void served() {
        pause = Duration.ZERO;
    }

    /** Lets whoever waits for a place go, and nobody wait from now on. */
    void stopWaiting() {
        closing.countDown();
        conversation
                .map(Conversation::process)
                .filter(process -> !process.placement().isGranted())
                .ifPresent(process -> process.end("the study is over"));
    }

    /**
     * Returns a process to talk to; on this machine, started now where it has to be.
     *
     * @throws LostPlace when there is no place
     * @throws EvolventException when there is no such program
     */
    Conversation usable() throws LostPlace {
        Optional<String> refused = refusal;
        refusal = Optional.empty();
        if (refused.isPresent()) {
            throw new LostPlace(refused.get(), false);
        }
        if (conversation.filter(live -> live.process().isAlive()).isEmpty()) {
            String message = giveUp("it ended between two intervals");
            if (launch.launcher().isPresent()) {
                throw new LostPlace(message, true);
            }
            launch();
        }
        return conversation.orElseThrow();
    }

    private void launch() {
        LocalProcess process = LocalProcess.start(
                launch.command(), launch, slot, Map.of(), ProcessBuilder.Redirect.PIPE, log, watchdog);
        timekeeper.watch(process);
        evaluations = ofProcess.get();
        conversation = Optional.of(new Conversation(process));
    }

    /** Agrees on the version with a process that is new. */
    void begin(Conversation current, List<String> fixed) throws TrainerFailure {
        if (!current.isStarted()) {
            current.process().start();
            current.start(slot, watchdog.run(), fixed, log.mark());
        }
    }

    /** Ends the process, if there is one, and returns the message with its last lines of log. */
    String giveUp(String message) {
        if (conversation.isEmpty()) {
            return message;
        }
        LocalProcess process = conversation.get().process();
        process.end(message);
        process.awaitEnd();
        timekeeper.forget(process);
        conversation = Optional.empty();
        return log.quoteBelow(message);
    }

    /** Asks the process to end, and ends it if it does not. */
    void close() {
        conversation.ifPresent(current -> current.stop(TIME_TO_STOP));
        giveUp("closing");
    }
}
