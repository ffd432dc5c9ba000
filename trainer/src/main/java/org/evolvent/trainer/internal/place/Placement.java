package org.evolvent.trainer.internal.place;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is known of the place of one process: whether it was granted, where it is, and whether it was taken away. */
public final class Placement {
    /** Goes into the log of the study: visible letters, no more than a host may be called by. */
    private static final Pattern PLACED =
            Pattern.compile("--- evolvent: placed (\\p{Graph}{1,253}) (\\p{Graph}{0,64})");

    private static final Pattern ENDED = Pattern.compile("--- evolvent: ended [0-9]+");

    private final Optional<Launcher> launcher;
    private final int slot;
    private final CompletableFuture<Boolean> granted = new CompletableFuture<>();
    private volatile String id = "";
    private volatile String where = "it asks for a place";
    private volatile boolean queued;
    private volatile boolean announcedEnd;
    private volatile Optional<String> withdrawal = Optional.empty();

    /**
     * Begins to look.
     *
     * @param launcher who lends it; empty for this machine, where a process has a place as soon as it is started
     * @param slot whose process it is
     */
    public Placement(Optional<Launcher> launcher, int slot) {
        this.launcher = launcher;
        this.slot = slot;
        if (launcher.isEmpty()) {
            granted.complete(true);
        }
    }

    /**
     * Takes in a line that the process or its launcher wrote to standard error.
     *
     * @return whether it is about the place only, and not the trainer's
     */
    public boolean hear(String line) {
        if (launcher.isEmpty()) {
            return false;
        }
        Matcher placed = PLACED.matcher(line);
        if (placed.matches()) {
            id = placed.group(2);
            String name = id.isEmpty() ? "" : ", %s %s".formatted(launcher.get().noun(), id);
            where = "node %s%s".formatted(placed.group(1), name);
            granted.complete(true);
            return true;
        }
        if (ENDED.matcher(line).matches()) {
            announcedEnd = true;
            return true;
        }
        if (withdrawal.isEmpty() && launcher.get().isWithdrawal(line)) {
            withdrawal = Optional.of(line);
        }
        launcher.get().waiting(line).ifPresent(request -> {
            id = request.id();
            where = request.what();
            queued = true;
        });
        return false;
    }

    /** Says that the process is gone: a place that was not granted will not be. */
    public void over() {
        granted.complete(false);
    }

    /** Waits until the place is granted or the process is gone; returns whether it was granted. */
    public boolean await() {
        return granted.join();
    }

    /** Returns whether it was asked for and is neither granted nor refused yet, as far as the lender has said. */
    public boolean isQueued() {
        return queued && !granted.isDone();
    }

    /** Returns whether the place was granted. */
    public boolean isGranted() {
        return granted.getNow(false);
    }

    /** Returns where it is, for people; empty on this machine, and while it is not granted. */
    public Optional<String> granted() {
        return launcher.filter(lender -> isGranted()).map(lender -> where);
    }

    /** Returns the line by which the lender took the place away, if there was one. */
    public Optional<String> withdrawal() {
        return withdrawal;
    }

    /** Returns whether an end of the process that nobody here brought about is that of the place, and says nothing about the trainer. */
    public boolean endsUnannounced() {
        return launcher.isPresent() && !announcedEnd;
    }

    /** Gives the place back, if there is one to give. */
    public void release() {
        if (!id.isEmpty() && !announcedEnd) {
            launcher.ifPresent(lender -> lender.release(slot, id));
        }
    }

    /** Returns where it is, or what it waits for; empty on this machine. */
    public Optional<String> where() {
        return launcher.map(lender -> {
            String reason = isGranted() || id.isEmpty() ? "" : lender.reason(id);
            return reason.isEmpty() ? where : "%s (%s)".formatted(where, reason);
        });
    }
}
