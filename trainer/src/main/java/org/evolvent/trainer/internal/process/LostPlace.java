package org.evolvent.trainer.internal.process;

/** There is no place to train in. The message says why, for people. */
final class LostPlace extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean takenAway;

    LostPlace(String message, boolean takenAway) {
        super(message);
        this.takenAway = takenAway;
    }

    /** Returns whether it was there and was taken away; otherwise none was ever granted. */
    boolean wasTakenAway() {
        return takenAway;
    }
}
